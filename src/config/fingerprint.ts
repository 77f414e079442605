import type { Config } from './types.ts';

/**
 * What of the configuration shapes a package, as text for the package id. Left out: paths, how the receiving base and
 * the billing's database are reached (two empty folders give the same bytes; decisions 2, 3), who signs УПД, where
 * documents go on.
 */
export function configFingerprint(config: Config): string {
  const {
    folder: _folder,
    exchange: _exchange,
    journal: _journal,
    watch: _watch,
    retention: _retention,
    print: _print,
    channels: _channels,
    deliver: _deliver,
    consent: _consent,
    organizations,
    source,
    onec,
    numbering,
    payments,
    ...rest
  } = config;
  const effective = {
    ...rest,
    organizations: organizations.map(({ edoId: _edoId, signer: _signer, ...one }) => one),
    source: { ...source, db: undefined },
    onec: { ...onec, infobase: onec.infobase?.id.toLowerCase() },
    numbering: {
      ...numbering,
      map: numbering.map.map(({ kind, match, to }) => ({ kind, match: match.source, to })),
    },
    payments: { ...payments, documents: payments.documents.map(({ source: text }) => text) },
  };
  return JSON.stringify(effective, sortedKeys);
}

/**
 * The configuration that a package was made with, from the text kept with it; what does not shape a package (paths, how
 * the database is reached) is the present one's.
 */
export function configOf(fingerprint: string, present: Config): Config {
  const made = JSON.parse(fingerprint) as Effective;
  const { numbering, onec, payments, source } = made;
  const { folder, exchange, journal, watch, retention, print, channels, deliver, consent } = present;
  return {
    ...made,
    ...{ folder, exchange, journal, watch, retention, print, channels, deliver, consent },
    source: { ...present.source, ...source } as Config['source'],
    onec: {
      ...onec,
      infobase: onec.infobase === undefined ? undefined : { id: onec.infobase, connection: [] },
    },
    numbering: {
      ...numbering,
      map: numbering.map.map(({ match, ...rule }) => ({ ...rule, match: new RegExp(match, 'u') })),
    },
    payments: { ...payments, documents: payments.documents.map((text) => new RegExp(text, 'iu')) },
  };
}

/** What the text of a fingerprint holds. */
type Effective = Omit<Config, 'onec' | 'numbering' | 'payments'> & {
  payments: Omit<Config['payments'], 'documents'> & { documents: string[] };
  onec: Omit<Config['onec'], 'infobase'> & { infobase?: string };
  numbering: Omit<Config['numbering'], 'map'> & {
    map: (Omit<Config['numbering']['map'][number], 'match'> & { match: string })[];
  };
};

function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
