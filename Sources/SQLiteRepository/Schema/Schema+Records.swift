// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Records that are found by name alone, or by little more.
    static let records = """
        CREATE TABLE migrations (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        CREATE TABLE counts (kind TEXT, key TEXT, count INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;

        CREATE TABLE accounts (
            name TEXT PRIMARY KEY, revision INTEGER NOT NULL, paused INTEGER NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE managed (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE revocations (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, certificate TEXT NOT NULL, failed INTEGER NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX revocations_by_certificate ON revocations (certificate, id);
        CREATE INDEX revocations_failed ON revocations (id) WHERE failed = 1;

        CREATE TABLE catalog (
            account TEXT, kind TEXT, id TEXT, revision INTEGER NOT NULL, name TEXT NOT NULL, vanished INTEGER NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (account, kind, id)
        ) STRICT;
        CREATE INDEX catalog_present ON catalog (account, kind, id) WHERE vanished = 0;
        CREATE INDEX catalog_by_name ON catalog (account, kind, name, id);

        CREATE TABLE imports (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, account TEXT NOT NULL, finished INTEGER NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX imports_unfinished ON imports (account, id) WHERE finished = 0;

        CREATE TABLE keys (
            public_key TEXT PRIMARY KEY, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE memories (
            account TEXT, name TEXT, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (account, name)
        ) STRICT;

        CREATE TABLE tombstones (
            account TEXT, reference TEXT, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (account, reference)
        ) STRICT;

        """

    /// A certificate is asked to be ended once at a time, whoever asks.
    static let oneRevocation = """
        ALTER TABLE revocations ADD COLUMN unfinished INTEGER NOT NULL DEFAULT 0;
        UPDATE revocations SET unfinished = 1 WHERE id IN (
            SELECT max(id) FROM revocations WHERE json_extract(body, '$.phase') NOT IN ('revoked', 'rejected')
            GROUP BY certificate);
        CREATE UNIQUE INDEX revocations_unfinished ON revocations (certificate) WHERE unfinished = 1;
        """

    /// Orders and certificates, with their names in tables beside them. A name is kept twice, the second time from its
    /// end to its beginning, so that `*.example.org` is found through an index, too.
    static let searchedRecords = """
        CREATE TABLE orders (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, account TEXT NOT NULL, phase TEXT NOT NULL,
            final INTEGER NOT NULL, managed TEXT NOT NULL, reference TEXT, key TEXT NOT NULL, caller_key TEXT,
            predecessor TEXT,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX orders_by_account ON orders (account, phase, id);
        CREATE INDEX orders_by_phase ON orders (phase, id);
        CREATE INDEX orders_by_managed ON orders (managed, id);
        CREATE UNIQUE INDEX orders_reference ON orders (account, reference) WHERE reference IS NOT NULL;
        CREATE INDEX orders_by_key ON orders (account, key);
        CREATE UNIQUE INDEX orders_caller_key ON orders (account, caller_key) WHERE caller_key IS NOT NULL;
        CREATE UNIQUE INDEX orders_successor ON orders (predecessor) WHERE predecessor IS NOT NULL AND final = 0;

        CREATE TABLE order_names (
            id TEXT, name TEXT, reversed TEXT NOT NULL, PRIMARY KEY (id, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX order_names_forward ON order_names (name);
        CREATE INDEX order_names_backward ON order_names (reversed);

        CREATE TABLE certificates (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, account TEXT NOT NULL, status TEXT NOT NULL,
            succeeded INTEGER NOT NULL, managed TEXT NOT NULL, ends INTEGER NOT NULL, sha256 TEXT NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX certificates_by_account ON certificates (account, status, succeeded, id);
        CREATE INDEX certificates_by_status ON certificates (status, succeeded, id);
        CREATE INDEX certificates_by_managed ON certificates (managed, id);
        CREATE INDEX certificates_by_end ON certificates (ends, id, status, succeeded, account);
        CREATE UNIQUE INDEX certificates_sha256 ON certificates (account, sha256);

        CREATE TABLE certificate_names (
            id TEXT, name TEXT, reversed TEXT NOT NULL, PRIMARY KEY (id, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX certificate_names_forward ON certificate_names (name);
        CREATE INDEX certificate_names_backward ON certificate_names (reversed);
        """
}
