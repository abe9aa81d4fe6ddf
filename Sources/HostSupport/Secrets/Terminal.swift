// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The terminal in front of which a person may sit.
package enum Terminal {
    package static var isInput: Bool { isatty(0) == 1 }
    package static var isOutput: Bool { isatty(1) == 1 }
    package static var isError: Bool { isatty(2) == 1 }

    /// How many characters fit in a line of standard output; `nil` where that is not known.
    package static var width: Int? {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Asks, and reads one line. `nil` at the end of input.
    package static func ask(_ question: String) -> String? {
        say(question)
        return readLine(strippingNewline: true)
    }

    /// Asks for a secret, which does not appear. Throws `badInput` where there is no terminal.
    package static func askWithoutEcho(_ question: String) throws(LifecycleError) -> String {
        var shown = termios()
        guard isInput, tcgetattr(0, &shown) == 0 else {
            throw LifecycleError(.badInput, "there is no terminal to ask at", hint: "use -, env:NAME or file:PATH")
        }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        let watch = EchoWatch()
        tcsetattr(0, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(0, TCSAFLUSH, &shown)
            watch.stop()
            say("\n")
        }
        say(question)
        while !hasInput(within: 100) {
            guard let signal = watch.end else { continue }
            tcsetattr(0, TCSAFLUSH, &shown)
            say("\n")
            watch.pass(signal)
        }
        return readLine(strippingNewline: true) ?? ""
    }

    /// Whether a line was typed, or input has ended, by the end of so many milliseconds.
    private static func hasInput(within milliseconds: Int32) -> Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, milliseconds) > 0
    }

    /// Questions go to standard error, so that standard output holds results alone.
    static func say(_ text: String) {
        do throws(SystemFailure) {
            try SystemFile.writeAll(Data(text.utf8), to: 2, named: "standard error")
        } catch {
            // There is nowhere left to say that nothing can be said.
            return
        }
    }
}
