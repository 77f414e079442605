import { openJournal } from '../../../src/journal/journal.ts';
import { letterTask, mailConfig, runMail } from './world.ts';

/**
 * One process of the soak: sends what is to be sent until it is done, or killed.
 *
 *     tsx soak-child.ts <journal> <port> <letters> <ms by which its clock is ahead>
 */
const [path, port, letters, ahead] = process.argv.slice(2) as [string, string, string, string];
const clock = (): Date => new Date(Date.now() + Number(ahead));
const formed = new Date('2026-11-03T08:00:00Z');
const { journal } = openJournal(path, clock);

function* tasks() {
  for (let nth = 1; nth <= Number(letters); nth++) yield letterTask(nth, formed);
}

const { faults: _, ...summary } = await runMail({
  ...{ config: mailConfig(Number(port)), journal: journal!, clock, tasks: tasks() },
}).catch((error: { class?: string }) => {
  if (error.class !== 'before') throw error;
  return { faults: [], halted: true };
});
journal!.close();
console.log(JSON.stringify(summary));
