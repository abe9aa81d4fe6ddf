// SPDX-License-Identifier: Apache-2.0

import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whoever ends this process while a secret is being typed gets the terminal back as it was.
struct EchoWatch {
    let signal: Int32
    let source: any DispatchSourceSignal

    init(signal number: Int32, former: termios) {
        signal = number
        disable(number)
        source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            var shown = former
            tcsetattr(0, TCSAFLUSH, &shown)
            Terminal.say("\n")
            // Now the signal does what it does without us: to this thread, since Dispatch has it blocked in all.
            enable(number)
            var one = sigset_t()
            sigemptyset(&one)
            sigaddset(&one, number)
            pthread_sigmask(SIG_UNBLOCK, &one, nil)
            raise(number)
        }
        source.resume()
    }

    func end() {
        source.cancel()
        enable(signal)
    }
}

private func disable(_ number: Int32) { signal(number, SIG_IGN) }
private func enable(_ number: Int32) { signal(number, SIG_DFL) }
