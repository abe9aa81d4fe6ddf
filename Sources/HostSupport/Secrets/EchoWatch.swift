// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whoever ends this process while a secret is being typed gets the terminal back as it was.
///
/// A handler does no more than note the signal; whoever reads has to look at ``end`` again and again.
struct EchoWatch {
    private static let signals = [SIGINT, SIGTERM, SIGQUIT]

    init() {
        noted.store(0, ordering: .relaxed)
        for number in Self.signals { signal(number) { noted.store($0, ordering: .relaxed) } }
    }

    /// The signal that ends this process; `nil` while there is none.
    var end: Int32? {
        let number = noted.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    func stop() {
        for number in Self.signals { signal(number, SIG_DFL) }
    }

    /// Lets the signal do what it does without us. Threads that were not made here may have it blocked.
    func pass(_ number: Int32) {
        stop()
        var one = sigset_t()
        sigemptyset(&one)
        sigaddset(&one, number)
        pthread_sigmask(SIG_UNBLOCK, &one, nil)
        raise(number)
    }
}

private let noted = Atomic<Int32>(0)
