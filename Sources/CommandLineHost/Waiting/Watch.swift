// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Runs the engine for one subject while a person looks on.
struct Watch: Sendable {
    let composition: Composition
    let output: Output

    /// How watching ended. The work itself is on record whatever happened here.
    enum End: Sendable {
        case rests, timeIsUp, interrupted
    }

    /// Does what is due now. Says what the subject waits for meanwhile.
    func pass(_ subject: Subject, _ describe: @escaping @Sendable () async -> String) async throws(LifecycleError) {
        let engine = composition.engine
        _ = try await watch(limit: nil, describe) { () async throws(RepositoryError) in
            try await engine.pass(subject)
            return true
        }
    }

    /// Runs until the subject rests, or time is up.
    func settle(
        _ subject: Subject, within seconds: Int, _ describe: @escaping @Sendable () async -> String
    ) async throws(LifecycleError) -> End {
        let engine = composition.engine
        return try await watch(limit: seconds, describe) { () async throws(RepositoryError) in
            try await engine.settle(subject, within: .seconds(seconds))
        }
    }

    /// - Parameter work: returns whether the subject rests.
    func watch(
        limit: Int?, _ describe: @escaping @Sendable () async -> String,
        _ work: @escaping @Sendable () async throws(RepositoryError) -> Bool
    ) async throws(LifecycleError) -> End {
        let line = ProgressLine(output)
        let (result, isInterrupted) = await Interruption.watching { _ in
            let progress = Task {
                await line.run { elapsed in
                    let left = limit.map { ", \(max(0, $0 - elapsed)) s left to wait" } ?? ""
                    return "\(await describe()) (\(elapsed) s\(left))"
                }
            }
            let result: Result<Bool, RepositoryError>
            do throws(RepositoryError) {
                result = .success(try await work())
            } catch {
                result = .failure(error)
            }
            progress.cancel()
            await progress.value
            return result
        }
        if isInterrupted {
            output.warning("no longer watching; what remains to be done stays recorded")
            return .interrupted
        }
        switch result {
        case .success(let rests): return rests ? .rests : .timeIsUp
        case .failure(let error): throw LifecycleError(error)
        }
    }

    /// Describes an order as it is on record at the moment.
    func describe(_ id: OrderID) -> @Sendable () async -> String {
        let repository = composition.repository
        return {
            do throws(RepositoryError) {
                guard let order = try await repository.order(id) else { return "\(id) is gone" }
                let wording = order.wording.isEmpty ? "" : " (\(order.wording))"
                return "\(order.details.commonName): \(order.phase.rawValue)\(wording)"
            } catch {
                return "\(id): \(error.description)"
            }
        }
    }

    /// Describes what comes next, and when.
    func describeNext() -> @Sendable () async -> String {
        let repository = composition.repository
        return {
            do throws(RepositoryError) {
                let paused = try await repository.accounts().filter(\.isPaused).map(\.name)
                let soon = try await repository.work(after: nil, limit: 50).items
                guard let next = soon.first(where: { !paused.contains($0.account) }) else { return "nothing is due" }
                guard next.due > Date() else { return "at work: \(next.subject) \(next.step)" }
                return "next: \(next.subject) \(next.step) at \(Dates.text(next.due))"
            } catch {
                return error.description
            }
        }
    }
}
