import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Summary } from '../src/delivery/engine.ts';
import { openJournal } from '../src/journal/journal.ts';
import { systemClock } from '../src/support/clock.ts';
import { shipped } from '../src/support/root.ts';
import { type Meeting, PASSWORD, type SbisDouble, startDouble } from '../test/delivery/sbis/double.ts';
import { taskOf } from '../test/delivery/world.ts';
import { draws } from './soak-random.ts';

/**
 * The long test of deliveries: so many documents against the double of СБИС, of whose calls some are lost before they
 * are done, some after, some are answered with an error of the server, while sessions are forgotten. Two processes send
 * at once, with clocks that differ, and one of them is killed now and then. In the end each document has gone out
 * exactly once, and the journal knows it.
 *
 *     npx tsx tools/soak-deliveries.ts [--documents 10000 --kills 5 --seed 1]
 */
export interface DeliverySoak {
  documents: number;
  kills: number;
  seed: number;
  say: (text: string) => void;
}

export interface DeliveryFigures {
  calls: number;
  /** Calls whose answer was lost, by whether they were done. */
  lostAfter: number;
  lostBefore: number;
  serverErrors: number;
  logins: number;
  kills: number;
  /** Questions about what was in doubt. */
  lookups: number;
  seconds: number;
  problems: string[];
}

/** Of all calls. */
const SHARES = { lostAfter: 0.05, lostBefore: 0.05, serverError: 0.02, forgotten: 0.005 };
const DAY = 24 * 3_600_000;
const ROUNDS = 60;

export async function soakDeliveries({
  documents,
  kills,
  seed,
  say,
}: DeliverySoak): Promise<DeliveryFigures> {
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-soak-deliveries-'));
  const double = await startDouble();
  const random = draws(seed);
  const figures: DeliveryFigures = {
    calls: 0,
    lostAfter: 0,
    lostBefore: 0,
    serverErrors: 0,
    logins: 0,
    kills: 0,
    lookups: 0,
    seconds: 0,
    problems: [],
  };
  double.plan = ({ method }) => plan(method, double, figures, random);
  const executed = (): number =>
    [...double.books.documents.values()].reduce((sum, one) => sum + Math.min(1, one.executed), 0);
  try {
    const journal = join(folder, 'journal.db');
    for (let round = 1, ahead = 0, left = true; left; round++) {
      // The next kill comes when so many documents are through; it takes one of the processes.
      const killAt = figures.kills < kills ? (documents * (figures.kills + 0.5)) / kills : Infinity;
      const over = (): boolean => executed() >= killAt;
      const args = (nth: number): string[] => [
        journal,
        double.url,
        String(documents),
        String(ahead),
        `${seed + round}${nth}`,
      ];
      const ended = await Promise.all([runChild(args(1), over), runChild(args(2), () => false)]);
      if (!ended[0]) figures.kills++;
      const told = ended.filter((one) => one !== undefined);
      left =
        told.length < 2 ||
        told.some(({ later, inDoubt, elsewhere, broken }) => later + inDoubt + elsewhere > 0 || broken);
      ahead = Math.max(ahead, ...told.map((one) => one.ahead)) + DAY;
      say(
        `round ${round}${ended[0] ? '' : ', one killed'}: ${executed()} of ${documents} documents are there`,
      );
      if (round === ROUNDS) {
        figures.problems.push(`no end after ${ROUNDS} rounds`);
        break;
      }
    }
    look(journal, documents, double, figures);
    searchSecrets(folder, double, figures);
  } finally {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  }
  figures.logins = double.logins;
  figures.seconds = Math.round((Date.now() - began) / 1000);
  return figures;
}

function plan(
  method: string,
  double: SbisDouble,
  figures: DeliveryFigures,
  random: () => number,
): Meeting | undefined {
  figures.calls++;
  if (method === 'СБИС.ПрочитатьДокумент') figures.lookups++;
  if (random() < SHARES.forgotten) double.expire();
  const draw = random();
  if (draw < SHARES.lostAfter) {
    figures.lostAfter++;
    return { how: 'lost', done: true };
  }
  if (draw < SHARES.lostAfter + SHARES.lostBefore) {
    figures.lostBefore++;
    return { how: 'lost', done: false };
  }
  if (draw < SHARES.lostAfter + SHARES.lostBefore + SHARES.serverError) {
    figures.serverErrors++;
    return { how: random() < 0.5 ? 'http-500' : 'http-502', done: random() < 0.5 };
  }
  return undefined;
}

type Told = Omit<Summary, 'faults'> & { faults: string[]; ahead: number };

/** @returns what it told in the end; undefined: it was killed */
function runChild(args: readonly string[], isOver: () => boolean): Promise<Told | undefined> {
  return new Promise((resolve, reject) => {
    const script = shipped('tools/soak-deliveries-child.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      env: { ...process.env, TEST_SBIS_PASSWORD: PASSWORD },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const told: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => told.push(chunk));
    const watch = setInterval(() => isOver() && child.kill('SIGKILL'), 5);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      if (signal === 'SIGKILL') return resolve(undefined);
      if (code !== 0) return reject(new Error(`the delivering process ended with ${code}`));
      resolve(JSON.parse(Buffer.concat(told).toString('utf8')) as Told);
    });
  });
}

/** Each document once there, and done in the journal. */
function look(path: string, documents: number, double: SbisDouble, { problems }: DeliveryFigures): void {
  const { journal } = openJournal(path, systemClock);
  const { deliveries } = journal!.records;
  try {
    if (double.books.documents.size !== documents)
      problems.push(`there are ${double.books.documents.size} documents instead of ${documents}`);
    for (let nth = 1; nth <= documents; nth++) {
      const { key } = taskOf('sbis', nth, new Date(0)).delivery;
      const there = double.books.documents.get(key);
      const row = deliveries.byKey(key);
      if (there?.executed !== 1) problems.push(`document ${nth} went out ${there?.executed ?? 0} times`);
      if (row?.status !== 'done' || row.outcome !== 'ok')
        problems.push(`document ${nth} is ${row?.status} ${row?.outcome} in the journal`);
      if (there && there.number !== String(nth))
        problems.push(`document ${nth} is there as № ${there.number}`);
    }
  } finally {
    journal!.close();
  }
}

/** Neither password nor session in anything that was written. */
function searchSecrets(folder: string, double: SbisDouble, { problems }: DeliveryFigures): void {
  const secrets = [PASSWORD, 'cookie-of-the-double', ...double.given];
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const secret of secrets) if (text.includes(secret)) problems.push(`a secret is in ${name}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const option = (name: string, otherwise: number): number => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(process.argv[at + 1]);
  };
  const say = (text: string): void => console.log(text);
  const wanted = {
    documents: option('documents', 10_000),
    kills: option('kills', 5),
    seed: option('seed', 1),
  };
  const { problems, ...figures } = await soakDeliveries({ ...wanted, say });
  for (const problem of problems) console.error(problem);
  console.log(JSON.stringify(figures));
  if (problems.length > 0) process.exitCode = 1;
}
