// SPDX-License-Identifier: Apache-2.0

import HostSupport

/// What is being done, how far it is and how long it may still take: one redrawn line on a terminal, elsewhere a plain
/// line every few seconds.
struct ProgressLine: Sendable {
    let output: Output
    private let isRedrawn = Terminal.isError

    init(_ output: Output) { self.output = output }

    /// Says it again and again until it is cancelled. What takes less than a second is not talked about.
    func run(_ describe: @Sendable (_ elapsed: Int) async -> String) async {
        guard !output.isQuiet else { return }
        let start = ContinuousClock.now
        var pause = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: pause)
            } catch {
                break
            }
            let elapsed = Int((ContinuousClock.now - start).components.seconds)
            let text = await describe(elapsed).singleLine
            if Task.isCancelled { break }
            if isRedrawn {
                output.say("\r\u{1b}[K" + text.cut(to: max(20, (Terminal.width ?? 80) - 1)))
                pause = .milliseconds(500)
            } else {
                output.say("\(text)\n")
                pause = .seconds(5)
            }
        }
        if isRedrawn { output.say("\r\u{1b}[K") }
    }
}
