// SPDX-License-Identifier: Apache-2.0

import CommandLineHost

@main
enum PublicCACommand {
    static func main() async { await CommandLineHost.run() }
}
