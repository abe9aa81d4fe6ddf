// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// For whoever looks for secrets in all that was written.
extension PublicCACommand {
    /// Every file of the home.
    func contentsOfHome() throws -> [String: Data] {
        let found = FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String } ?? []
        var contents: [String: Data] = [:]
        for path in found {
            let place = home.appendingPathComponent(path)
            guard try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            contents[path] = try Data(contentsOf: place)
        }
        return contents
    }

    /// Orders what will never be issued, and ends without a chance to tidy up once it is placed: then the database keeps
    /// a log of what was written last.
    func killWhilePlaced(_ order: [String]) async throws {
        let ended = try await run(order + ["--wait"]) { process in
            await self.untilPlaced()
            kill(process, SIGKILL)
        }
        #expect(ended.wasKilled)
    }

    /// Looks on until the order of another process is placed. Fails where it never is: what follows would prove nothing.
    func untilPlaced(at location: SourceLocation = #_sourceLocation) async {
        var isPlaced = false
        for _ in 1...200 where !isPlaced {
            do {
                isPlaced = try await !items("order", "list", "--state", "placed").isEmpty
            } catch {
                continue
            }
        }
        #expect(isPlaced, "the order was never placed", sourceLocation: location)
    }
}
