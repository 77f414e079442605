/**
 * The journal's schema, step by step; a step is never changed after a release, only followed by another.
 * `user_version` of the file counts the steps taken.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE package (
    organization TEXT NOT NULL,          -- organizations[].code
    seq INTEGER NOT NULL,                -- number of the message, from 1, without gaps
    package_id TEXT NOT NULL UNIQUE,
    period TEXT NOT NULL,
    mode TEXT NOT NULL,
    parts INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    tool TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (organization, seq)
  ) STRICT;

  -- The UUID first given to the counterparty of a contract: kept whatever its requisites become.
  CREATE TABLE counterparty (
    id INTEGER PRIMARY KEY,              -- age: the smaller the older
    contract TEXT NOT NULL UNIQUE,       -- BGBilling's cid
    uuid TEXT NOT NULL,
    inn TEXT NOT NULL,
    kpp TEXT NOT NULL
  ) STRICT;
  CREATE INDEX counterparty_key ON counterparty (inn, kpp);
  CREATE INDEX counterparty_uuid ON counterparty (uuid);
  `,
  `
  CREATE TABLE package_2 (
    id INTEGER PRIMARY KEY,
    organization TEXT NOT NULL,          -- organizations[].code
    seq INTEGER NOT NULL,                -- number of the message, from 1, without gaps
    package_id TEXT NOT NULL UNIQUE,
    period TEXT NOT NULL,
    mode TEXT NOT NULL,
    parts INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    tool TEXT NOT NULL,
    created_at TEXT NOT NULL,
    source TEXT,                         -- address of the snapshot of the export; NULL: there is none
    recipe TEXT,                         -- address of the configuration it was made with
    known_before INTEGER NOT NULL,       -- counterparties that the journal knew before the build: counterparty.id
    refs_before INTEGER NOT NULL,        -- receipts that had told of 1C's UUIDs before the build: receipt.id
    UNIQUE (organization, seq)
  ) STRICT;
  INSERT INTO package_2
    SELECT NULL, organization, seq, package_id, period, mode, parts, documents, tool, created_at, NULL, NULL, 0, 0
    FROM package ORDER BY created_at, organization, seq;
  DROP TABLE package;
  ALTER TABLE package_2 RENAME TO package;

  -- A file of a package; its states: states.ts.
  CREATE TABLE part (
    package INTEGER NOT NULL REFERENCES package,
    part INTEGER NOT NULL,               -- from 1
    state TEXT NOT NULL,
    folder TEXT NOT NULL,                -- where it was written to
    file TEXT NOT NULL,                  -- its name there
    staged TEXT NOT NULL,                -- its name before it was published
    entries TEXT NOT NULL,               -- JSON: name, size, sha256 of what it holds
    PRIMARY KEY (package, part)
  ) STRICT;
  -- Every file given out as this part: packed again by another version of zlib, the same content has other bytes.
  CREATE TABLE part_file (
    package INTEGER NOT NULL,
    part INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (package, part, sha256)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE recipe (
    address TEXT PRIMARY KEY,            -- SHA-256
    config TEXT NOT NULL                 -- what of the configuration shapes a package
  ) STRICT;

  -- The documents of a package as they stand in it, put down while it is made, before its own row. Sums in kopecks.
  CREATE TABLE document (
    package INTEGER NOT NULL,
    part INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,                   -- the billing's own: invoice:17
    line INTEGER,                        -- in the table of documents of the export
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    sum INTEGER NOT NULL,
    vat INTEGER NOT NULL,
    contract TEXT NOT NULL,              -- UUID
    counterparty TEXT NOT NULL,          -- UUID
    vat_invoice TEXT,                    -- UUID of the second object of an УПД
    hash TEXT NOT NULL,                  -- SHA-256 of the canonical record
    UNIQUE (uuid, package)
  ) STRICT;
  CREATE INDEX document_package ON document (package, part);
  CREATE INDEX document_counterparty ON document (counterparty);

  -- The catalogue objects of a package, put down likewise.
  CREATE TABLE object (
    package INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- counterparty, contract, service
    inn TEXT,
    kpp TEXT,
    hash TEXT NOT NULL,
    UNIQUE (uuid, package)
  ) STRICT;
  CREATE INDEX object_package ON object (package);

  -- Numbers drawn here; a document keeps its own.
  CREATE TABLE drawn_number (
    series TEXT NOT NULL,                -- what is counted: organisation, kind, year, personal account …
    document TEXT NOT NULL,              -- UUID
    number INTEGER NOT NULL,             -- from 1
    PRIMARY KEY (series, document),
    UNIQUE (series, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,              -- order of arrival
    receipt_id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    package INTEGER NOT NULL REFERENCES package,
    part INTEGER NOT NULL,
    infobase TEXT NOT NULL,
    connection TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('own', 'foreign')),
    complete INTEGER NOT NULL,
    signed INTEGER NOT NULL,             -- 1: its signature was checked
    message TEXT,                        -- why the package was refused
    finished_at TEXT NOT NULL,           -- by the clock of 1C
    taken_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE receipt_object (
    receipt INTEGER NOT NULL REFERENCES receipt,
    uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    ref TEXT,                            -- 1C's UUID
    number TEXT,
    date TEXT,
    sum INTEGER,
    vat INTEGER,
    inn TEXT,
    kpp TEXT,
    posted INTEGER NOT NULL,
    deletion_mark INTEGER NOT NULL,
    advance_invoices TEXT NOT NULL,      -- JSON
    message TEXT,
    PRIMARY KEY (receipt, uuid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipt_object_uuid ON receipt_object (uuid);

  -- The latest passport of each base.
  CREATE TABLE passport (
    infobase TEXT NOT NULL,
    connection TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    passport TEXT NOT NULL,              -- JSON
    seen_at TEXT NOT NULL,
    PRIMARY KEY (infobase, connection)
  ) STRICT;

  -- What came through the inbox; its states: states.ts.
  CREATE TABLE intake (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    name TEXT NOT NULL,                  -- in the inbox
    hash TEXT NOT NULL,                  -- of its content
    recipe TEXT NOT NULL,                -- configuration and version: the same content under another is new work
    target TEXT,                         -- done or error
    target_name TEXT,
    exit INTEGER,
    packages TEXT,                       -- JSON: ids of the packages made
    taken_at TEXT NOT NULL,
    finished_at TEXT
  ) STRICT;
  CREATE INDEX intake_hash ON intake (hash);
  CREATE INDEX intake_state ON intake (state);

  -- Months taken from the database by themselves.
  CREATE TABLE closing (
    period TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;

  -- What happened: codes and ids, no names. Only ever added to.
  CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,               -- package:12/1, intake:3, receipt:7 …
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_subject ON event (subject);
  CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  `,
];
