// SPDX-License-Identifier: Apache-2.0

import Foundation
import FuzzTargets

/// The target that `FUZZ_TARGET` names. libFuzzer has `main`, and all arguments are its own.
private let chosen = FuzzTarget.all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"] }

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let chosen else {
        FileHandle.standardError.write(
            Data("FUZZ_TARGET is one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))\n".utf8))
        exit(64)
    }
    do {
        try chosen.run(Data(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        FileHandle.standardError.write(Data("FOUND: \(error)\n".utf8))
        // libFuzzer takes it for a crash, and keeps the input.
        abort()
    }
    return 0
}
