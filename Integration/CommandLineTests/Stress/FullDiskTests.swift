// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Homes on mounts that cannot be written. Only root may mount, and only in a namespace of its own.
struct FullDiskTests {
    /// Runs a script in a mount namespace that ends with it. Cancelled where that is not allowed.
    private func script(_ text: String, _ command: PublicCACommand) async throws -> Program.Ended {
        let probe = try await Program.tool("unshare", ["-m", "true"])
        guard probe.status == 0 else { throw try Self.notHere() }
        let path = try #require(Program.find("unshare"))
        let environment = command.environment.merging([
            "PUBLICCA": PublicCACommand.executable, "HOME_MOUNT": command.folder.path + "/mount",
        ]) { $1 }
        return try await Program.run(
            path, ["-m", "bash", "-c", "mkdir -p $HOME_MOUNT; \(text)"], environment: environment,
            folder: command.folder)
    }

    /// A visible skip where a person develops; a failure where everything has to be there.
    private static func notHere() throws -> MissingMounts {
        if ProcessInfo.processInfo.environment["CI"] != "true" { try Test.cancel("mounting is not allowed here") }
        return MissingMounts()
    }

    private struct MissingMounts: Error {}

    @Test func `a home on a read-only mount ends with 74`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await script(
            """
            mount --bind $PUBLICCA_HOME $HOME_MOUNT && mount -o remount,ro,bind $HOME_MOUNT || exit 99
            $PUBLICCA --home $HOME_MOUNT order create --account demo --profile "Mock DV" --name www.example.org
            """, command)
        if ended.status == 99 { throw try Self.notHere() }
        #expect(ended.status == 74, "\(ended.error)")
        #expect(ended.error.hasPrefix("error: "))
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `a new home on a read-only mount ends with 74`() async throws {
        let ended = try await script(
            """
            mount -t tmpfs -o ro,size=1m tmpfs $HOME_MOUNT || exit 99
            $PUBLICCA --home $HOME_MOUNT/home order list
            """, try PublicCACommand())
        if ended.status == 99 { throw try Self.notHere() }
        #expect(ended.status == 74, "\(ended.error)")
        #expect(ended.error.contains("Read-only"))
    }

    @Test func `a full disk ends with 74, and what was there is still there`() async throws {
        let ended = try await script(
            """
            mount -t tmpfs -o size=1500k tmpfs $HOME_MOUNT || exit 99
            export PUBLICCA_HOME=$HOME_MOUNT
            $PUBLICCA account add demo --provider mock >/dev/null || exit 98
            done=0
            for i in $(seq 1 300); do
              $PUBLICCA order create --account demo --profile "Mock DV" --key ec-p256 --name n$i.example.org \
                >/dev/null 2>error
              status=$?
              if [ $status != 0 ]; then break; fi
              done=$i
            done
            cat error >&2
            rm -f error
            dd if=/dev/zero of=$HOME_MOUNT/fill bs=1k >/dev/null 2>&1
            rm -f $HOME_MOUNT/fill
            $PUBLICCA journal --verify >/dev/null || exit 97
            mount -o remount,size=9m $HOME_MOUNT
            $PUBLICCA doctor >/dev/null || exit 96
            test $done -gt 3 && $PUBLICCA certificate export n$done.example.org --with-key >/dev/null || exit 94
            test $($PUBLICCA certificate list | grep -c example.org) -ge $done || exit 93
            $PUBLICCA order create --account demo --profile "Mock DV" --key ec-p256 --name room.example.org \
              >/dev/null || exit 95
            exit $status
            """, try PublicCACommand())
        if ended.status == 99 { throw try Self.notHere() }
        #expect(ended.status == 74, "\(ended.status): \(ended.error)")
        #expect(ended.error.split(separator: "\n").count == 1, "\(ended.error)")
    }

    @Test func `a backup and a restore without room leave nothing behind, and what is there as it was`() async throws {
        let command = try await PublicCACommand.withAccount()
        let backup = try await command.backUp()
        let ended = try await script(
            """
            mount -t tmpfs -o size=300k tmpfs $HOME_MOUNT || exit 99
            $PUBLICCA backup $HOME_MOUNT/kept.sqlite >/dev/null 2>error
            test $? = 74 || exit 98
            mkdir $HOME_MOUNT/home && cp $PUBLICCA_HOME/master.key $HOME_MOUNT/home
            $PUBLICCA --home $HOME_MOUNT/home restore \(backup.path) >/dev/null 2>>error
            test $? = 74 || exit 97
            cat error >&2
            find $HOME_MOUNT -type f
            """, command)
        if ended.status == 99 { throw try Self.notHere() }
        #expect(ended.status == 0, "\(ended.status): \(ended.error)")
        #expect(ended.text == command.folder.path + "/mount/home/master.key\n")
        let lines = ended.error.split(separator: "\n")
        #expect(
            lines.count == 2 && lines.allSatisfy { $0.contains("no room") || $0.contains("No space") }, "\(ended.error)"
        )
        #expect(try await command.run("doctor").status == 0)
    }
}
