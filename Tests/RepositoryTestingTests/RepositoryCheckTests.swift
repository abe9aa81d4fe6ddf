// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import RepositoryTesting
import Testing

struct RepositoryCheckTests {
    @Test(arguments: Fault.allCases)
    func `a repository that breaks a promise is found out`(_ fault: Fault) async throws {
        let check = try #require(RepositoryCheck.all.first { $0.name == fault.promise })
        await #expect(throws: RepositoryCheckFailure.self) {
            try await check.run { conditions in
                FaultyRepository(
                    inner: MemoryRepository(now: conditions.now, digest: conditions.digest), fault: fault)
            }
        }
    }

    @Test func `what the repository throws out of turn is passed on`() async throws {
        let check = try #require(RepositoryCheck.all.first { $0.name == "an empty repository counts nothing" })
        await #expect(throws: RepositoryError.unavailable("down")) {
            try await check.run { _ throws(RepositoryError) in throw RepositoryError.unavailable("down") }
        }
    }
}

/// A promise to break.
enum Fault: String, CaseIterable {
    case sharesLeases, ignoresPauses, ignoresDueDates, ignoresLimits, ignoresSubjects, ignoresLostLeases
    case ignoresRevisions, commitsByHalves, dropsLeases, hastensLater, losesMilliseconds, losesJournalLines
    case listsBackwards, doublesAtPageEnds, comparesWithCase, showsVanished, forgetsToCount
    case keepsHolders, listsWorkOfAllKinds, prunesNothing, forgetsTheEnd, takesRetiredKeys

    /// The name of the check that has to notice.
    var promise: String {
        switch self {
        case .sharesLeases: "claimers at the same time share the work and never an item"
        case .ignoresPauses: "items of paused accounts are passed over until the pause ends"
        case .ignoresDueDates: "what is not yet due is passed over"
        case .ignoresLimits: "the longest due comes first, and no more than were asked for"
        case .ignoresSubjects: "a claim for one subject takes only its work"
        case .ignoresLostLeases: "a commit under a lease that went to another changes nothing"
        case .ignoresRevisions: "a stale revision changes nothing"
        case .commitsByHalves: "one bad record keeps the good ones out"
        case .dropsLeases: "an item keeps the lease that it is put with"
        case .hastensLater: "hastening makes an item due earlier and never later"
        case .losesMilliseconds: "dates survive to the millisecond"
        case .losesJournalLines: "journal lines are numbered without gaps and chained, whoever commits when"
        case .listsBackwards: "orders are listed in the order of ids"
        case .doublesAtPageEnds: "pages of orders lose and double nothing, whatever their size and conditions"
        case .comparesWithCase: "the pattern EXAMPLE.org is compared with every name and without case"
        case .showsVanished: "catalog entries are listed without those that vanished"
        case .keepsHolders: "an item that is put without a lease takes the work from its holder"
        case .listsWorkOfAllKinds: "work of an account is listed by kind, the first due first"
        case .prunesNothing: "a pruned journal goes on where it was, and its newest line stays"
        case .forgetsTheEnd: "the last line of the journal is kept apart, whatever is pruned"
        case .takesRetiredKeys: "what was sealed with a retired master key is not taken any more"
        case .forgetsToCount: "counts equal a recount after any changes"
        }
    }
}
