import { randomUUID } from 'node:crypto';
import { createCollector } from '../faults/collector.ts';
import { type Fault, fault } from '../faults/fault.ts';
import type { Journal } from '../journal/journal.ts';
import { attempt } from './attempt.ts';
import type { Channel, Session, Surroundings } from './channel.ts';
import type { Desk, Ended, Task } from './desk.ts';
import { ask } from './look-up.ts';
import { createQueue } from './queue.ts';
import { FAILURES_IN_A_ROW } from './retry.ts';

/**
 * The engine: takes what may go out, one thing after another, then what earlier runs left in doubt; sends, asks, waits
 * and tries again until nothing is left that can be done now. Several processes may run at once: each thing is under
 * way in one of them.
 */
export interface Run {
  channel: Channel;
  session: Session;
  journal: Journal;
  surroundings: Surroundings;
  /** What may go out now; taken as it is needed, so that a month need not be in memory. */
  tasks: AsyncIterable<Task>;
  /** The longest pause that the run waits out, ms; what is due after it is left to a later run. */
  patience: number;
  /** Nothing is begun after this instant. */
  until?: Date | undefined;
  /** Called when something has come to an end, or was put off. */
  onEnd?: ((ended: Ended) => void) | undefined;
}

/** What a run did, in things: a letter with three documents is one. */
export interface Summary {
  sent: number;
  /** Were in doubt and turned out to be there. */
  found: number;
  rejected: number;
  /** Cannot be made as they are. */
  leftOut: number;
  /** Surely not sent; again by themselves later. */
  later: number;
  /** Surely not sent, and tried often enough. */
  givenUp: number;
  /** In doubt; asked for again by themselves later. */
  inDoubt: number;
  /** In doubt, to be decided by a person. */
  undecided: number;
  /** Sent before. */
  before: number;
  /** Under way in another process. */
  elsewhere: number;
  /** The run ended before everything was tried. */
  broken: boolean;
  /** When the earliest of what is left may be tried. */
  next?: Date | undefined;
  faults: Fault[];
}

/** What an end adds to. */
const COUNTED = {
  sent: 'sent',
  found: 'found',
  rejected: 'rejected',
  'left-out': 'leftOut',
  'given-up': 'givenUp',
  undecided: 'undecided',
  'done-before': 'before',
  elsewhere: 'elsewhere',
} as const satisfies Partial<Record<Ended['is'], keyof Summary>>;

/** Something to do about one delivery, and what is known of it. */
interface Job {
  key: string;
  doubt: boolean;
  act: () => Promise<Ended>;
}

export async function deliver(run: Run): Promise<Summary> {
  const { channel, session, journal, surroundings, patience, until, onEnd } = run;
  const { clock, signal, sleep, config } = surroundings;
  const { deliveries } = journal.records;
  const limits = channel.limits(config);
  const desk: Desk = { channel, limits, session, journal, surroundings, owner: randomUUID() };
  const summary: Omit<Summary, 'faults'> = { ...NOTHING };
  const faults = createCollector();
  const queue = createQueue<Job>();
  const seen = new Set<string>();
  const tasks = run.tasks[Symbol.asyncIterator]();
  let failures = 0;
  let drained = false;
  /** Until then the limit of the service is used up, for whatever it would be. */
  let free = clock();

  const stopped = (): boolean => {
    summary.broken ||= signal.aborted || (until !== undefined && clock() >= until);
    return summary.broken;
  };

  const perform = async (job: Job): Promise<void> => {
    const ended = await job.act();
    faults.add(ended.faults);
    onEnd?.(ended);
    if (ended.is === 'later' || ended.is === 'limited') {
      queue.put(job.key, ended.at, { ...job, doubt: ended.is === 'later' ? ended.doubt : job.doubt });
      if (ended.is === 'limited') free = ended.at;
      else failures++;
    } else {
      if (ended.is !== 'halted') summary[COUNTED[ended.is]]++;
      failures = 0;
    }
    if (ended.is === 'halted') summary.broken = true;
    if (failures < FAILURES_IN_A_ROW) return;
    if (!summary.broken) faults.add(fault('BG1C-SEND-FAILING', { channel: channel.title, count: failures }));
    summary.broken = true;
  };

  /** A task that is due, or nothing when there are no more: then what is in doubt is in the queue. */
  const fresh = async (): Promise<Job | undefined> => {
    while (!drained) {
      const { value: task, done } = await tasks.next();
      if (done) {
        if (!drained) enqueueDoubtful();
        drained = true;
        return undefined;
      }
      const { key } = task.delivery;
      seen.add(key);
      const row = deliveries.byKey(key);
      const doubt = row?.outcome === 'in-doubt';
      const job: Job = { key, doubt, act: () => attempt(desk, task) };
      if (row?.status !== 'waiting' || new Date(row.notBefore) <= clock()) return job;
      queue.put(key, new Date(row.notBefore), job);
    }
    return undefined;
  };

  /** In doubt, and not among the tasks: not to be sent now, but to be asked for all the same. */
  const enqueueDoubtful = (): void => {
    for (const row of deliveries.waiting(channel.name))
      if (row.outcome === 'in-doubt' && !seen.has(row.key))
        queue.put(row.key, new Date(row.notBefore), {
          key: row.key,
          doubt: true,
          act: () => ask(desk, row.key),
        });
  };

  const worker = async (): Promise<void> => {
    while (!stopped()) {
      const limited = free > clock();
      const job = limited ? undefined : (queue.take(clock()) ?? (await fresh()) ?? queue.take(clock()));
      if (job) {
        await perform(job);
        continue;
      }
      const at = limited ? free : queue.next();
      if (at === undefined || at.getTime() - clock().getTime() > patience || (until && at > until)) return;
      await sleep(at.getTime() - clock().getTime());
    }
  };

  deliveries.expire(channel.name);
  /** A defect ends the run, but not before the others have put down what they have under way. */
  const alone = async (): Promise<void> => {
    try {
      await worker();
    } catch (error) {
      summary.broken = true;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: limits.concurrency }, alone));
  await tasks.return?.();
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  // The limit of the service may have ended the run with tasks untouched.
  summary.broken ||= !drained;
  for (const { doubt } of queue.items()) summary[doubt ? 'inDoubt' : 'later']++;
  return { ...summary, next: queue.next(), faults: faults.list() };
}

const NOTHING: Omit<Summary, 'faults'> = {
  sent: 0,
  found: 0,
  rejected: 0,
  leftOut: 0,
  later: 0,
  givenUp: 0,
  inDoubt: 0,
  undecided: 0,
  before: 0,
  elsewhere: 0,
  broken: false,
};
