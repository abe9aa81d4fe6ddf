// SPDX-License-Identifier: Apache-2.0

import CommandLineHost
import HostSupport

await CommandLineTool(providers: .builtin).main()
