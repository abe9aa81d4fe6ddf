// SPDX-License-Identifier: Apache-2.0

public import PublicCA

/// Reads that belong together, several at once: a bounded loop for CAs that want a call for each row.
public enum ConcurrentReads {
    /// The answers in the order of what was asked.
    ///
    /// The first failure ends the others and is thrown.
    ///
    /// - Parameters:
    ///   - inputs: what to ask about.
    ///   - limit: how many are asked at once; the account's transport paces them further.
    ///   - read: asks about one.
    public static func all<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], atOnce limit: Int = 8,
        _ read: @escaping @Sendable (Input) async throws(ProviderError) -> Output
    ) async throws(ProviderError) -> [Output] {
        let results = await withTaskGroup(of: (Int, Result<Output, ProviderError>).self) { group in
            var outputs: [Int: Output] = [:]
            var next = 0
            func begin() {
                guard next < inputs.count else { return }
                let index = next
                next += 1
                group.addTask {
                    do throws(ProviderError) {
                        return (index, .success(try await read(inputs[index])))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<max(1, limit) { begin() }
            while let (index, result) = await group.next() {
                switch result {
                case .success(let output): outputs[index] = output
                case .failure(let error):
                    group.cancelAll()
                    return Result<[Int: Output], ProviderError>.failure(error)
                }
                begin()
            }
            return .success(outputs)
        }
        let outputs = try results.get()
        return inputs.indices.compactMap { outputs[$0] }
    }
}
