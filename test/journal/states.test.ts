import { describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../../src/journal/journal.ts';
import { type Machine, MOVES } from '../../src/journal/states.ts';

const clock = (): Date => new Date('2026-11-03T08:00:00Z');

function journal(): Journal {
  return openJournal(':memory:', clock).journal!;
}

/** Puts something down in its first state and brings it to another by legal moves. */
const BEGIN: Record<Machine, (journal: Journal) => readonly (number | string)[]> = {
  part({ records: { packages } }) {
    const row = { organization: 'one', seq: 1, packageId: 'p', period: '2026-10', mode: 'billing' };
    const id = packages.record({ ...row, parts: 1, documents: 0 }, '0.1.0');
    packages.recordPart(id, {
      part: 1,
      folder: '/out',
      file: 'a.zip',
      staged: 'a.tmp',
      sha256: 'a',
      entries: [],
    });
    return [id, 1];
  },
  intake: ({ records: { intake } }) => [intake.record({ name: 'a.zip', hash: 'h', recipe: 'r' })],
  closing({ records: { closings } }) {
    closings.open('2026-10');
    return ['2026-10'];
  },
  crm_change({ records: { crmChanges } }) {
    const of = { kind: 'change', type: 4, item: 7, piece: 'requisite', field: 'RQ_KPP' } as const;
    crmChanges.find('p', { ...of, title: 'ООО «Тулпар»', ours: '1', theirs: '2' });
    return [crmChanges.list('p', 'open')[0]!.id];
  },
  delivery({ records: { deliveries } }) {
    const at = clock().toISOString();
    const documents = [{ uuid: 'd', hash: 'h', correction: 0 }];
    const of = { key: 'k', channel: 'sbis', organization: 'one', package: 1, part: 1, formed: at, documents };
    const { id } = deliveries.begin({ ...of, doubtful: false }, 'c', { owner: 'o', until: at })!;
    deliveries.settle(id, 'o', { is: 'later', code: 'http-503', notBefore: at, counted: true });
    return [id];
  },
};

const FIRST: Record<Machine, string> = {
  part: 'staged',
  intake: 'taking',
  closing: 'exporting',
  crm_change: 'open',
  delivery: 'waiting',
};
const MACHINES = Object.keys(BEGIN) as Machine[];

/** A shortest way of legal moves. */
function way(machine: Machine, to: string): string[] {
  const moves: Record<string, readonly string[]> = MOVES[machine];
  const ways: string[][] = [[FIRST[machine]]];
  for (const walked of ways) {
    const at = walked.at(-1)!;
    if (at === to) return walked.slice(1);
    for (const next of moves[at]!) if (!walked.includes(next)) ways.push([...walked, next]);
  }
  throw new Error(`${machine}: no way to ${to}`);
}

describe.each(MACHINES)('moves of a %s', (machine) => {
  const moves: Record<string, readonly string[]> = MOVES[machine];
  const states = Object.keys(moves);
  const pairs = states.flatMap((from) =>
    states.map((to) => ({ from, to, legal: moves[from]!.includes(to) })),
  );

  it.each(pairs)('$from → $to: $legal', ({ from, to, legal }) => {
    const opened = journal();
    const key = BEGIN[machine](opened);
    const move = (state: string): void => opened.move(machine, key, state as never);
    for (const step of way(machine, from)) move(step);
    if (legal) expect(() => move(to)).not.toThrow();
    else expect(() => move(to)).toThrow(`${from} → ${to} is no legal move`);
    opened.close();
  });

  it('of what is not in the journal are defects', () => {
    const opened = journal();
    expect(() => opened.move(machine, machine === 'part' ? [7, 7] : [7], states[1] as never)).toThrow(
      'is not in the journal',
    );
    opened.close();
  });
});

describe('events', () => {
  it('tell of every move', () => {
    const opened = journal();
    const key = BEGIN.part(opened);
    opened.move('part', key, 'publishing');
    opened.move('part', key, 'published');
    expect(opened.records.events.of(`package:${key[0]}/1`).map(({ code }) => code)).toEqual([
      'part.staged',
      'part.publishing',
      'part.published',
    ]);
    opened.close();
  });
});
