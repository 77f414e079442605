import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openJournal } from '../src/journal/journal.ts';
import { sha256 } from '../src/support/ids.ts';

/** Everything that must be the same however often the watcher was killed. */
export interface WorldState {
  /** Files of the exchange folder with their hashes, notes with their text. */
  files: Record<string, string>;
  packages: { name: string; packageId: string; documents: string[]; parts: string[]; receipts: string[] }[];
}

export function stateOf(root: string): WorldState {
  const files: Record<string, string> = {};
  const exchange = join(root, 'exchange');
  for (const entry of readdirSync(exchange, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const bytes = readFileSync(path);
    files[relative(exchange, path)] = /\.(txt|faults\.json)$/.test(entry.name)
      ? bytes.toString('utf8')
      : sha256(bytes);
  }
  return withJournal(root, ({ packages, documents, receipts }) => ({
    files,
    packages: packages.list().map(({ id, organization, seq, packageId }) => ({
      name: `${organization} ${seq}`,
      packageId,
      documents: documents.of(id).map(({ uuid, hash }) => `${uuid} ${hash}`),
      parts: packages.parts(id).map(({ part, state, file }) => `${part} ${state} ${file}`),
      receipts: receipts.of(id).map(({ receiptId, standing }) => `${receiptId} ${standing}`),
    })),
  }));
}

type Records = NonNullable<ReturnType<typeof openJournal>['journal']>['records'];

function withJournal<T>(root: string, work: (records: Records) => T): T {
  const { journal, fault: refused } = openJournal(join(root, '.bg1c', 'journal.db'), () => new Date());
  if (!journal) throw new Error(refused!.message);
  try {
    return work(journal.records);
  } finally {
    journal.close();
  }
}

/** What is not as it is in the undisturbed world, in words. */
export function differences(reference: WorldState, other: WorldState): string[] {
  const names = new Set([...Object.keys(reference.files), ...Object.keys(other.files)]);
  const problems = [...names].flatMap((name) => {
    if (!(name in other.files)) return [`missing: ${name}`];
    if (!(name in reference.files)) return [`extra: ${name}`];
    return reference.files[name] === other.files[name] ? [] : [`other bytes: ${name}`];
  });
  if (JSON.stringify(reference.packages) !== JSON.stringify(other.packages)) problems.push('another journal');
  return problems;
}

/**
 * What must hold of a finished world whatever the reference is; in words where it does not.
 * @param count documents of the month
 */
export function problemsOf(root: string, count: number): string[] {
  const problems: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    const [is, must] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== must) problems.push(`${what}: ${is}, not ${must}`);
  };
  withJournal(root, ({ packages, documents, intake }) => {
    const stored = packages.list();
    for (const organization of new Set(stored.map((one) => one.organization))) {
      const numbers = stored.filter((one) => one.organization === organization).map(({ seq }) => seq);
      expect(
        `numbers of ${organization}`,
        numbers,
        numbers.map((_, index) => index + 1),
      );
    }
    const rows = stored.flatMap(({ id }) => documents.of(id));
    expect('documents', rows.length, count);
    expect('documents once', new Set(rows.map(({ uuid }) => uuid)).size, rows.length);
    expect(
      'their numbers once',
      new Set(rows.map(({ kind, number }) => `${kind} ${number}`)).size,
      rows.length,
    );
    const states = stored.flatMap(({ id }) => packages.parts(id).map(({ state }) => state));
    expect('states of parts', [...new Set(states)], ['received']);
    expect('unfinished exports', intake.unfinished(), []);
  });
  const folders = [join(root, 'exchange', 'outbox'), join(root, '.bg1c'), join(root, '.bg1c', 'sources')];
  const left = folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.endsWith('.tmp'));
  expect('left over', left, []);
  expect(
    'waiting',
    ['inbox', 'inwork'].flatMap((name) => readdirSync(join(root, 'exchange', name))),
    [],
  );
  return problems;
}
