// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting
import SectigoProvider

/// What SCM answers, through the provider as the engine calls it: status, header fields and body together.
extension FuzzTarget {
    /// A letter for the call, then replies.
    static let answers = FuzzTarget("answers", longest: 4096) { bytes in
        var input = Input(bytes)
        let letter = input.byte()
        let server = ScriptedServer(input.parts())
        try OneThread.run {
            let account = try SectigoAccount(over: server, hasKey: letter & 0x20 == 0)
            do throws(ProviderError) {
                try await account.call(letter | 0x20)
            } catch {
                try Refusal.check(error)
                // Whatever was bought with an answer that cannot be read must be looked for.
                if "nwi".utf8.contains(letter), let status = server.lastWrite, (200..<300).contains(status) {
                    guard case .ambiguous = error.disposition else {
                        throw Finding("an order that was answered \(status) is \(error.disposition)")
                    }
                }
            }
            try expect(!server.isWorn, "a call has no end")
        }
    }

    /// Where a listing goes on: kept by us, in a database that somebody else may have written.
    static let cursors = FuzzTarget("cursors", longest: 256) { bytes in
        var input = Input(bytes)
        let letter = input.byte()
        let cursor = PageCursor(input.text())
        let server = ScriptedServer([Data("200|x-total-count: 9\n[{\"sslId\":7,\"id\":7,\"name\":\"a.example\"}]".utf8)]
        )
        try OneThread.run {
            let account = try SectigoAccount(over: server, hasKey: false)
            do throws(ProviderError) {
                try await account.list(letter, from: cursor)
            } catch {
                try Refusal.check(error)
            }
            try expect(!server.isWorn, "a list has no end")
        }
    }

    /// What a token endpoint answers, and then the API.
    static let tokens = FuzzTarget("tokens", longest: 1024) { bytes in
        var input = Input(bytes)
        let server = ScriptedServer(input.parts())
        try OneThread.run {
            let account = try SectigoAccount(over: server, hasKey: true)
            do throws(ProviderError) {
                _ = try await account.provider.order(OrderReference("1"))
            } catch {
                try Refusal.check(error)
            }
        }
    }
}
