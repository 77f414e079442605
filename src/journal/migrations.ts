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
  `
  -- E-mail addresses of counterparties, for letters.
  CREATE TABLE address_book (
    id INTEGER PRIMARY KEY,              -- order of arrival
    inn TEXT NOT NULL,                   -- '': has none
    kpp TEXT NOT NULL,
    counterparty TEXT NOT NULL,          -- UUID; '': known by its ИНН and КПП alone
    email TEXT NOT NULL,
    source TEXT NOT NULL,                -- onec, bitrix24
    added_at TEXT NOT NULL,
    UNIQUE (inn, kpp, counterparty, email, source)
  ) STRICT;
  CREATE INDEX address_book_counterparty ON address_book (counterparty);

  -- Which card of 1C is which item of a CRM portal.
  CREATE TABLE crm_card (
    portal TEXT NOT NULL,                -- its host
    ref TEXT NOT NULL,                   -- UUID of the card in 1C
    type INTEGER NOT NULL,               -- 4 company, 3 contact
    item INTEGER,                        -- NULL: being created, outcome not known
    requisite INTEGER,
    hash TEXT,                           -- of what was last brought over; NULL: something is still to be done
    tried_at TEXT,                       -- of the last try to create it
    PRIMARY KEY (portal, ref)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX crm_card_item ON crm_card (portal, type, item);
  CREATE TABLE crm_piece (
    portal TEXT NOT NULL,
    ref TEXT NOT NULL,
    piece TEXT NOT NULL,                 -- item, requisite, bank:<БИК>/<account>, address:6, phone:…, email:…
    item INTEGER,                        -- its id there, where it has one
    fields TEXT NOT NULL,                -- JSON: hash of each value that both sides had last
    at TEXT NOT NULL,
    PRIMARY KEY (portal, ref, piece)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE crm_cursor (
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- company, contact, requisite, bank
    at TEXT NOT NULL,                    -- instant of the portal up to which changes were looked through
    PRIMARY KEY (portal, kind)
  ) STRICT, WITHOUT ROWID;

  -- What a person has to decide; states: states.ts.
  CREATE TABLE crm_change (
    id INTEGER PRIMARY KEY,              -- number that the accountant sees
    portal TEXT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- change, conflict, new, which
    ref TEXT,                            -- UUID of the card in 1C; NULL: 1C does not have it
    type INTEGER NOT NULL,
    item INTEGER NOT NULL,
    piece TEXT NOT NULL,
    field TEXT NOT NULL,
    title TEXT NOT NULL,
    ours TEXT NOT NULL,                  -- in 1C
    theirs TEXT NOT NULL,                -- in the CRM
    found_at TEXT NOT NULL,
    decided_at TEXT,
    package TEXT                         -- id of the package that carries it to 1C
  ) STRICT;
  CREATE INDEX crm_change_ref ON crm_change (portal, ref);
  CREATE INDEX crm_change_item ON crm_change (portal, type, item);
  CREATE INDEX crm_change_state ON crm_change (portal, state);
  `,
  `
  -- Things on their way through a channel; their states: states.ts. No names, no texts, no secrets.
  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,            -- UUID under which the other side knows it
    channel TEXT NOT NULL,               -- sbis, edo-folder, bitrix24, mail
    organization TEXT NOT NULL,          -- organizations[].code
    package INTEGER NOT NULL,            -- what it was made of last
    part INTEGER NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('ok', 'rejected', 'in-doubt')),
    attempts INTEGER NOT NULL,           -- sends begun
    lookups INTEGER NOT NULL,            -- questions since it came into doubt
    lease_owner TEXT,                    -- who has it under way
    lease_until TEXT,
    not_before TEXT NOT NULL,            -- not to be tried earlier
    formed TEXT NOT NULL,                -- when it was first made: the same moment gives the same bytes
    content TEXT,                        -- SHA-256 of what was sent last
    external_id TEXT,                    -- the other side's own id
    remote_state TEXT,                   -- where it is on the other side: our word, its code, its word
    remote_code TEXT,
    remote_name TEXT,
    failure TEXT,                        -- class and code of the last failure
    failure_code TEXT,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX delivery_channel ON delivery (channel, status, outcome);

  CREATE TABLE delivery_document (
    delivery INTEGER NOT NULL REFERENCES delivery,
    document TEXT NOT NULL,              -- UUID
    hash TEXT NOT NULL,                  -- of the content that was sent
    correction INTEGER NOT NULL,         -- number of the correction, 0: as first issued
    PRIMARY KEY (delivery, document)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_document_uuid ON delivery_document (document);

  -- Sends and questions, for the limits of the services and for the history; only ever added to.
  CREATE TABLE delivery_attempt (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery,
    channel TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX delivery_attempt_at ON delivery_attempt (channel, at);

  -- Up to where the feeds of the channels were read.
  CREATE TABLE delivery_cursor (
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (channel, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A document in the books whose content the billing changed, as it was sent again, or that it has no more.
  CREATE TABLE correction (
    package INTEGER NOT NULL,
    document TEXT NOT NULL,              -- UUID that the books hold it under
    what TEXT NOT NULL CHECK (what IN ('corrected', 'changed', 'deleted')),
    before TEXT NOT NULL,                -- hash of the content that 1C accepted
    after TEXT,                          -- hash of the new content; NULL: there is none
    number INTEGER,                      -- of the correction, from 1; NULL: it has none
    date TEXT,
    UNIQUE (package, document)
  ) STRICT;
  CREATE INDEX correction_document ON correction (document);
  -- Number and date of the correction that a document of a package is.
  ALTER TABLE document ADD COLUMN correction INTEGER;
  ALTER TABLE document ADD COLUMN corrected_on TEXT;

  -- What a contract was charged for the month, and what of it became documents. Sums in kopecks.
  CREATE TABLE contract_total (
    package INTEGER NOT NULL,
    contract TEXT NOT NULL,              -- UUID
    number TEXT NOT NULL,                -- as people read it
    accrued INTEGER,                     -- NULL: the export has no accruals
    documents INTEGER NOT NULL,          -- acts and УПД that the billing formed
    packaged INTEGER NOT NULL,           -- those in the package
    PRIMARY KEY (package, contract)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contract_total_contract ON contract_total (contract, package);
  `,
  `
  -- Numbers given here to documents: one of a kind and year; a document keeps its own.
  DROP TABLE drawn_number;
  CREATE TABLE given_number (
    kind TEXT NOT NULL,                  -- bill, act, vat-invoice; the two halves of an УПД have one each
    year TEXT NOT NULL,
    number TEXT NOT NULL,
    document TEXT NOT NULL UNIQUE,       -- UUID
    series TEXT NOT NULL,                -- what is counted together: the number without its ordinal
    ordinal INTEGER NOT NULL,            -- from 1
    PRIMARY KEY (kind, year, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX given_number_series ON given_number (series, ordinal);
  CREATE INDEX document_number ON document (number);
  `,
  `
  -- Letters: to whom one went, and what was refused or came back.
  CREATE TABLE letter (
    delivery TEXT NOT NULL,              -- key of the delivery
    address TEXT NOT NULL,               -- small letters
    reply TEXT NOT NULL,                 -- of the server, to the whole letter
    at TEXT NOT NULL,
    PRIMARY KEY (delivery, address)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE letter_bounce (
    id TEXT NOT NULL PRIMARY KEY,        -- hash of the notice
    delivery TEXT NOT NULL,
    address TEXT NOT NULL,
    wrong_address INTEGER NOT NULL,
    code TEXT NOT NULL,                  -- 5.1.1
    at TEXT NOT NULL,
    forgiven INTEGER NOT NULL            -- a person says that the address is right
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX letter_bounce_address ON letter_bounce (address);
  `,
];
