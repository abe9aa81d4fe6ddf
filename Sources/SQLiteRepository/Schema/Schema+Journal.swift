// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Lines are small and never rewritten: columns throughout.
    static let journal = """
        CREATE TABLE journal (
            sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
            name TEXT, folded_name TEXT, event TEXT NOT NULL, detail TEXT NOT NULL, actor TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;
        CREATE INDEX journal_by_subject ON journal (kind, subject);
        CREATE INDEX journal_by_name ON journal (folded_name) WHERE folded_name IS NOT NULL;
        """

    /// The last line is kept a second time, so that the end of the journal cannot be cut off without a trace; lines hold the
    /// hash of the CA's answer; and retired master keys are known, so that nothing is sealed with them any more.
    static let journalEnd = """
        ALTER TABLE journal ADD COLUMN answer TEXT;
        CREATE TABLE journal_end (
            id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, at INTEGER NOT NULL, hash TEXT NOT NULL
        ) STRICT;
        INSERT INTO journal_end SELECT 1, sequence, at, hash FROM journal ORDER BY sequence DESC LIMIT 1;
        CREATE TABLE retired_keys (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        """
}
