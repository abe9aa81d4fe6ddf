// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program under way.
struct ChildProcess {
    let path: String
    private let id: pid_t
    private let start = ContinuousClock.now

    /// What the system says a program took.
    struct Cost {
        var milliseconds: Double
        /// The most memory that was resident at once, in MiB.
        var memory: Double
        /// The time that processors spent on it, in milliseconds.
        var processor: Double
        /// Zero for an end without complaint.
        var status: Int32
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Begins it, with its output in a file.
    init(_ path: String, _ arguments: [String], output: String) throws(Failure) {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        var child = pid_t()
        guard posix_spawn(&child, path, &files, nil, words, environ) == 0 else {
            throw Failure(description: "\(path) cannot be run")
        }
        self.path = path
        id = child
    }

    func send(signal: Int32) { kill(id, signal) }

    /// Waits for its end, whatever that is.
    func end() throws(Failure) -> Cost {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(id, &status, 0, &usage) == id else {
            throw Failure(description: "\(path) cannot be waited for")
        }
        let time = ContinuousClock.now - start
        return Cost(
            milliseconds: time.milliseconds, memory: Double(usage.ru_maxrss) / 1024,
            processor: usage.ru_utime.milliseconds + usage.ru_stime.milliseconds, status: status)
    }

    /// Runs it to its end. Throws when it cannot be run or does not end with 0.
    static func run(_ path: String, _ arguments: [String], output: String = "/dev/null") throws(Failure) -> Cost {
        let cost = try ChildProcess(path, arguments, output: output).end()
        guard cost.status == 0 else {
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")) ended with status \(cost.status)")
        }
        return cost
    }
}

extension timeval {
    fileprivate var milliseconds: Double { Double(tv_sec) * 1000 + Double(tv_usec) / 1000 }
}
