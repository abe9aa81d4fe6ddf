// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// `held` repeats whether the account is paused, so that a claim need not step over what it may not give out. The
    /// fence outlives the lease; `queue` keeps the highest one of what was removed, where new items begin.
    static let work = """
        CREATE TABLE work (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, task TEXT NOT NULL,
            account TEXT NOT NULL, step TEXT NOT NULL, due INTEGER NOT NULL, held INTEGER NOT NULL,
            worker TEXT, until INTEGER, fence INTEGER NOT NULL, UNIQUE (kind, subject, task)
        ) STRICT;
        CREATE INDEX work_by_date ON work (held, due);
        CREATE INDEX work_by_account ON work (account);

        CREATE TABLE queue (id INTEGER PRIMARY KEY CHECK (id = 1), removed_fence INTEGER NOT NULL) STRICT;
        INSERT INTO queue (id, removed_fence) VALUES (1, 0);
        """

    /// What an account has under way of one kind.
    static let workByKind = """
        DROP INDEX work_by_account;
        CREATE INDEX work_by_account ON work (account, kind, due);
        """
}
