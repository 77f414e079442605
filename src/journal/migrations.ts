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
];
