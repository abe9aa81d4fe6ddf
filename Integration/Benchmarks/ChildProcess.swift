// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program run to its end, with what the system says it took.
struct ChildProcess {
    var milliseconds: Double
    /// The most memory that was resident at once, in MiB.
    var memory: Double

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs it with its output thrown away. Throws when it cannot be run or does not end with 0.
    static func run(_ path: String, _ arguments: [String]) throws(Failure) -> ChildProcess {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)

        var child = pid_t()
        let start = ContinuousClock.now
        guard posix_spawn(&child, path, &files, nil, words, environ) == 0 else {
            throw Failure(description: "\(path) cannot be run")
        }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(child, &status, 0, &usage) == child else {
            throw Failure(description: "\(path) cannot be waited for")
        }
        let time = ContinuousClock.now - start
        guard status == 0 else {
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")) ended with status \(status)")
        }
        return ChildProcess(milliseconds: time.milliseconds, memory: Double(usage.ru_maxrss) / 1024)
    }
}
