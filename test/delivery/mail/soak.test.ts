import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { OPENSMTPD, type Sink, startOpenSmtpd, startSink, until } from './opensmtpd.ts';
import { type Act, type Step, startScriptedServer } from './smtp.ts';
import { letterTask } from './world.ts';

/** A few for whoever works, more in CI; `BG1C_SOAK_LETTERS=5000` for the long run. */
const LETTERS = Number(process.env.BG1C_SOAK_LETTERS ?? (process.env.CI ? 100 : 60));
const LIMIT = 240_000 + LETTERS * 400;
/** The clock of each process is so far ahead of that of the one before: leases and pauses are over. */
const STEP = 13 * 3_600_000;
const CHILD = fileURLToPath(new URL('./soak-child.ts', import.meta.url));
const KEYS = Array.from({ length: LETTERS }, (_, index) => letterTask(index + 1, new Date(0)).delivery.key);
const folder = temporaryFolders();

/** Processes that are killed, and the most letters that one gets through before. */
const KILLS = LETTERS < 300 ? 4 : 6;
const BEFORE_KILL = Math.ceil(LETTERS / (2 * KILLS));
/** Of a killed process each of the two connections leaves a letter in doubt at most. */
const IN_FLIGHT = 2 * KILLS;

/** A series of numbers that is the same in every run (mulberry32). */
function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One process; killed as soon as something is so. @returns whether it came to its end */
function runProcess(args: readonly string[], over: () => boolean): Promise<boolean> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const timer = setInterval(() => over() && child.kill('SIGKILL'), 5);
    child.once('error', failed);
    child.once('exit', (code) => {
      clearInterval(timer);
      if (code !== null && code !== 0) failed(new Error(`a process of the soak ended with ${code}`));
      else done(code === 0);
    });
  });
}

interface Tally {
  sent: number;
  refused: number;
  givenUp: number;
  inDoubt: number;
  inDoubtStored: number;
}

/** Every letter by what the journal says of it, against how often the server has it. */
function judge(journal: Journal, timesStored: (key: string) => number): Tally {
  const tally: Tally = { sent: 0, refused: 0, givenUp: 0, inDoubt: 0, inDoubtStored: 0 };
  const { deliveries } = journal.records;
  const undecided = new Set(deliveries.undecided('mail').map(({ key }) => key));
  for (const [nth, key] of KEYS.entries()) {
    const row = deliveries.byKey(key)!;
    const stored = timesStored(key);
    const told = { nth, status: row.status, outcome: row.outcome, code: row.failureCode, stored };
    if (row.outcome === 'ok') {
      expect(told).toMatchObject({ status: 'done', stored: 1 });
      tally.sent++;
    } else if (row.outcome === 'in-doubt') {
      expect(told).toMatchObject({ status: 'dead' });
      expect(stored).toBeLessThanOrEqual(1);
      expect(undecided).toContain(key);
      tally.inDoubt++;
      tally.inDoubtStored += stored;
    } else {
      expect(told).toMatchObject({ stored: 0 });
      expect(row.status === 'done' || row.status === 'dead').toBe(true);
      if (row.outcome === 'rejected') tally.refused++;
      else tally.givenUp++;
    }
  }
  expect(tally.sent + tally.refused + tally.givenUp + tally.inDoubt).toBe(LETTERS);
  return tally;
}

/** @param arrived letters that the other side has by now: a process is killed when some more are there */
async function untilSettled(
  path: string,
  port: number,
  random: () => number,
  arrived: () => number,
  between?: () => Promise<void>,
): Promise<{ journal: Journal; kills: number }> {
  let kills = 0;
  for (let nth = 0; nth < 40; nth++) {
    const killAt = kills < KILLS ? arrived() + 1 + random() * BEFORE_KILL : Number.POSITIVE_INFINITY;
    const ended = await runProcess(
      [path, String(port), String(LETTERS), String(nth * STEP)],
      () => arrived() >= killAt,
    );
    if (!ended) kills++;
    await between?.();
    const clock = (): Date => new Date(Date.now() + (nth + 1) * STEP);
    const journal = openJournal(path, clock).journal!;
    const { deliveries } = journal.records;
    const open = KEYS.filter((key) =>
      ['running', 'waiting', undefined].includes(deliveries.byKey(key)?.status),
    );
    if (open.length === 0) return { journal, kills };
    journal.close();
  }
  throw new Error('letters are still open');
}

/**
 * Letters by the ids that the relay gave them when it took them. A relay that is stopped while it hands a letter on may
 * hand it on twice, under the one id: that copy is not of our making.
 */
function takenIds(sink: Sink): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { eml } of sink.letters) {
    const text = eml.toString('latin1');
    const [, key] = /^Message-ID: <([0-9a-f-]{36})@/im.exec(text)!;
    const [, id] = /^Received: [\s\S]*?\bid ([0-9a-f]{8})\b/im.exec(text)!;
    ids.set(key!, (ids.get(key!) ?? new Set()).add(id!));
  }
  return ids;
}

describe(`${LETTERS} letters, processes killed in their midst`, () => {
  it(
    'a server that fails at every step: each letter kept once, or listed as in doubt; none twice',
    async () => {
      const random = series(20261103);
      const faults: [Step, Act, number][] = [
        ['greeting', 'drop', 0.02],
        ['mail', 'drop', 0.02],
        ['mail', '421 4.3.2 closing', 0.01],
        ['rcpt', 'drop', 0.02],
        ['rcpt', '451 4.7.1 greylisted', 0.05],
        ['rcpt', '550 5.1.1 no such user', 0.02],
        ['data', 'drop', 0.02],
        ['data', '452 4.3.1 no space', 0.02],
        ['mid-letter', 'drop', 0.003],
        ['stored', 'drop', 0.02],
        ['stored', '451 4.3.0 failed', 0.02],
        ['stored', '554 5.7.1 spam', 0.02],
      ];
      const server = await startScriptedServer((step) => {
        const [, act] = faults.find(([at, , often]) => at === step && random() < often) ?? [];
        return act ?? 'go';
      });
      const { journal, kills } = await untilSettled(
        join(folder(), 'journal.db'),
        server.port,
        random,
        () => server.stored.length,
      );
      try {
        const times = new Map<string, number>();
        for (const { eml } of server.stored) {
          const [, key] = /^Message-ID: <([0-9a-f-]{36})@/im.exec(eml)!;
          times.set(key!, (times.get(key!) ?? 0) + 1);
        }
        const tally = judge(journal, (key) => times.get(key) ?? 0);
        console.log('scripted server:', JSON.stringify(tally));
        expect(kills).toBe(KILLS);
        expect(tally.sent).toBeGreaterThan(LETTERS * 0.7 - IN_FLIGHT);
        if (LETTERS >= 300) expect(tally.inDoubt).toBeGreaterThan(0);
      } finally {
        journal.close();
        await server.close();
      }
    },
    LIMIT,
  );

  it.skipIf(!OPENSMTPD)(
    'OpenSMTPD, stopped and started again: the same',
    async () => {
      const random = series(20261104);
      const sink = await startSink(() => false);
      const own = folder();
      let relay = await startOpenSmtpd(own, sink.port);
      const { port } = relay;
      const restart = async (): Promise<void> => {
        await relay.pause();
        relay = await startOpenSmtpd(own, sink.port, port);
      };
      const { journal, kills } = await untilSettled(
        join(own, 'journal.db'),
        port,
        random,
        () => sink.letters.length,
        restart,
      );
      try {
        const { deliveries } = journal.records;
        const sent = KEYS.filter((key) => deliveries.byKey(key)?.outcome === 'ok');
        await until(async () => {
          relay.hurry();
          await new Promise((done) => setTimeout(done, 250));
          const ids = takenIds(sink);
          return sent.every((key) => ids.has(key));
        }, LIMIT / 2);
        const ids = takenIds(sink);
        const tally = judge(journal, (key) => ids.get(key)?.size ?? 0);
        console.log('OpenSMTPD:', JSON.stringify(tally));
        // What it took it hands on a little later: the last process may come to its end before.
        expect(kills).toBeGreaterThan(0);
        expect(tally).toMatchObject({ refused: 0, givenUp: 0 });
        expect(tally.sent).toBeGreaterThanOrEqual(LETTERS - IN_FLIGHT);
      } finally {
        journal.close();
        await relay.stop();
        await sink.close();
      }
    },
    LIMIT,
  );
});
