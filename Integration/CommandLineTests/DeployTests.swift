// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Without a target, all that the commands have to say is how to get one.
struct DeployTests {
    @Test func `lists are empty, and say where targets are named`() async throws {
        let command = try PublicCACommand()
        for list in ["list", "status"] {
            let shown = try await command.run("deploy", list)
            #expect(shown.status == 0 && shown.text.hasPrefix("nothing yet; "), "\(list)")
            #expect(shown.text.contains("deployments in config.yaml"), "\(list)")
            #expect(try await command.items("deploy", list).isEmpty, "\(list)")
        }
        #expect(try await command.run("deploy", "status", "--troubled").text.contains("leave out conditions"))
    }

    @Test(arguments: [
        ["deploy", "run"], ["deploy", "run", "www.example.org"], ["deploy", "rollback", "web", "--yes"],
    ])
    func `nothing can be deployed where there is no target`(_ arguments: [String]) async throws {
        let ended = try await PublicCACommand().run(arguments)
        #expect(ended.status == 78 && ended.error.hasPrefix("error: no target is configured; "))
    }

    @Test func `wrong usage is told before anything is opened`() async throws {
        let command = try PublicCACommand()
        for arguments in [
            ["rollback"], ["status", "--limit", "0"], ["status", "--after", "ord_1"], ["run", "--wait", "-1"],
        ] {
            #expect(try await command.run(["deploy"] + arguments).status == 64, "\(arguments)")
        }
    }

    @Test func `a certificate is shown with its deployments`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let shown = try await command.json("certificate", "show", "www.example.org")
        #expect((shown["deployments"] as? [Any])?.isEmpty == true)
    }
}
