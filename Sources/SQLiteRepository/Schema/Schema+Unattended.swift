// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// What works without a person: planned renewals, their audit, deployments, what is told to whom, and who comes in
    /// first when there is room.
    static let unattended = """
        ALTER TABLE managed ADD COLUMN account TEXT NOT NULL DEFAULT '';
        ALTER TABLE managed ADD COLUMN renewal_due INTEGER;
        ALTER TABLE managed ADD COLUMN renewal_stuck INTEGER NOT NULL DEFAULT 0;
        UPDATE managed SET account = json_extract(body, '$.account');
        CREATE INDEX managed_by_account ON managed (account, id);
        CREATE INDEX managed_by_renewal ON managed (renewal_due, id) WHERE renewal_due IS NOT NULL;
        CREATE INDEX managed_stuck ON managed (id) WHERE renewal_stuck = 1;

        ALTER TABLE orders ADD COLUMN waits_for INTEGER;
        CREATE INDEX orders_waiting ON orders (waits_for, id) WHERE waits_for IS NOT NULL;
        UPDATE orders SET waits_for = 9223372036854775807 WHERE phase = 'awaitingCapacity';
        ALTER TABLE orders ADD COLUMN failing INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX orders_failing ON orders (id) WHERE failing = 1;

        ALTER TABLE catalog ADD COLUMN validation_ends INTEGER;
        UPDATE catalog SET validation_ends = json_extract(body, '$.item.domain._0.validationExpiresAt');
        CREATE INDEX catalog_by_validation ON catalog (account, kind, validation_ends)
            WHERE validation_ends IS NOT NULL;

        CREATE TABLE decisions (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, at INTEGER NOT NULL, certificate TEXT NOT NULL,
            format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX decisions_by_date ON decisions (at, id);
        CREATE INDEX decisions_by_certificate ON decisions (certificate, id);

        CREATE TABLE deployments (
            id TEXT PRIMARY KEY, revision INTEGER NOT NULL, target TEXT NOT NULL, managed TEXT NOT NULL,
            troubled INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX deployments_place ON deployments (target, managed);
        CREATE INDEX deployments_by_target ON deployments (target, id);
        CREATE INDEX deployments_by_managed ON deployments (managed, id);
        CREATE INDEX deployments_troubled ON deployments (id) WHERE troubled = 1;

        CREATE TABLE channels (
            name TEXT PRIMARY KEY, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE alerts (
            key TEXT PRIMARY KEY, revision INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        """
}
