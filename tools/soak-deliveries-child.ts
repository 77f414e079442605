import { deliver } from '../src/delivery/engine.ts';
import { sbisChannel } from '../src/delivery/sbis/channel.ts';
import { openJournal } from '../src/journal/journal.ts';
import { configFor } from '../test/delivery/config.ts';
import { taskOf } from '../test/delivery/world.ts';
import { draws } from './soak-random.ts';

/**
 * A process that delivers, to be killed: its clock is as far ahead as it is told, and runs on while it sleeps.
 *
 *     node --import tsx tools/soak-deliveries-child.ts <journal> <url> <documents> <ms ahead> <seed>
 */
const [path, url, documents, ahead, seed] = process.argv.slice(2) as [string, string, string, string, string];
let offset = Number(ahead);
const clock = (): Date => new Date(Date.now() + offset);
const { journal, fault } = openJournal(path, clock);
if (!journal) throw new Error(fault!.message);

const channel = sbisChannel();
const sbis = {
  url,
  login: 'bashnet',
  passwordEnv: 'TEST_SBIS_PASSWORD',
  mode: 'server',
  timeout: 5,
  perMinute: 300,
  streams: 5,
};
const surroundings = {
  config: configFor({ sbis }),
  clock,
  random: draws(Number(seed)),
  sleep: async (ms: number) => {
    offset += ms;
  },
  signal: new AbortController().signal,
};

async function* tasks() {
  for (let nth = 1; nth <= Number(documents); nth++) yield taskOf(channel.name, nth, clock());
}

const session = await channel.connect(surroundings);
const summary = await deliver({
  channel,
  session,
  journal,
  surroundings,
  tasks: tasks(),
  patience: 24 * 3_600_000,
});
await session.close();
journal.close();
process.stdout.write(
  JSON.stringify({ ...summary, faults: summary.faults.map(({ code }) => code), ahead: offset }),
);
