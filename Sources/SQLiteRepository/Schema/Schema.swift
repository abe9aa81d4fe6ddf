// SPDX-License-Identifier: Apache-2.0

/// The form of the file.
///
/// A table for each kind of record: columns for what is searched or constrained, and the record itself as JSON in the
/// last one (``StoredBody``). Whatever is added to a body needs no migration.
enum Schema {
    /// `PbCA` in ASCII: tells our files from those of other programs.
    static let applicationID = 0x5062_4341

    /// What a version added to the form. The list only ever grows at its end; the number of applied ones is the file's
    /// `user_version`, their names are in its table `migrations`.
    struct Migration {
        var name: String
        var statements: String
    }

    static let migrations: [Migration] = [
        Migration(name: "records", statements: records + searchedRecords),
        Migration(name: "work", statements: work),
        Migration(name: "journal", statements: journal),
        Migration(name: "one revocation at a time", statements: oneRevocation),
        Migration(name: "work by kind", statements: workByKind),
        Migration(name: "unattended", statements: unattended),
        Migration(name: "journal end", statements: journalEnd),
    ]
}
