import { join } from 'node:path';
import type { Config } from '../../src/config/types.ts';
import type { Captured, Channel, ChannelName, Limits } from '../../src/delivery/channel.ts';
import type { Task } from '../../src/delivery/desk.ts';
import { deliver, type Run, type Summary } from '../../src/delivery/engine.ts';
import type { DeliveryRow } from '../../src/journal/delivery.ts';
import { type Journal, openJournal } from '../../src/journal/journal.ts';
import type { DocumentSource } from '../../src/model/document-source.ts';
import type { Document } from '../../src/model/types.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { act, COMPANY, CONTRACT, line, SELLER, SERVICE, upd } from '../formats/upd/fixtures.ts';

/** A journal, a clock that moves when somebody sleeps, and things to deliver. */
export interface World {
  journal: Journal;
  clock: () => Date;
  /** Moves the clock on, ms. */
  pass(ms: number): void;
  /** Documents by themselves, each a delivery. */
  tasks(channel: Channel, count: number): Task[];
  /** One run of the engine. */
  run(channel: Channel, config: Config, tasks: readonly Task[], more?: Partial<RunOptions>): Promise<Summary>;
  row(task: Task): DeliveryRow | undefined;
  /** Another process on the same journal. */
  another(): World;
}

export interface RunOptions {
  patience: number;
  signal: AbortSignal;
  journal: Journal;
  captured: Captured[];
  limits: Limits;
}

export const NOW = '2026-11-03T08:00:00Z';

export function createDeliveryWorld(folder: string, start = { at: Date.parse(NOW) }): World {
  const clock = (): Date => new Date(start.at);
  const path = join(folder, 'journal.db');
  const journal = openJournal(path, clock).journal!;
  const pass = (ms: number): void => {
    start.at += ms;
  };
  return {
    journal,
    clock,
    pass,
    tasks: ({ name }, count) => Array.from({ length: count }, (_, index) => taskOf(name, index + 1, clock())),
    async run(channel, config, tasks, { patience = 0, signal, journal: other, captured, limits } = {}) {
      const surroundings = {
        config,
        clock,
        random: () => 0.5,
        sleep: async (ms: number) => pass(Math.max(0, ms)),
        signal: signal ?? new AbortController().signal,
        capture: captured && ((one: Captured) => void captured.push(one)),
      };
      const session = await channel.connect(surroundings);
      try {
        const run: Run = {
          channel: limits ? { ...channel, limits: () => limits } : channel,
          session,
          journal: other ?? journal,
          surroundings,
          tasks: each(tasks),
          patience,
        };
        return await deliver(run);
      } finally {
        await session.close();
      }
    },
    row: ({ delivery }) => journal.records.deliveries.byKey(delivery.key),
    another: () => createDeliveryWorld(folder, start),
  };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** A document by itself: УПД and acts in turn. */
export function taskOf(channel: ChannelName, nth: number, formed: Date): Task {
  const number = String(nth);
  const uuid = uuidV5(`test-document:${nth}`);
  const made = nth % 2 === 1 ? upd([line(120_000)]) : act([line(50_000, 'none')]);
  const document: Document = { ...made, uuid, number };
  const counterparty = { ...COMPANY, emails: ['buh@tulpar.example'] };
  const source: DocumentSource = {
    document,
    organization: SELLER,
    counterparty,
    contract: CONTRACT,
    lines: document.lines.map((line) => ({ line, service: SERVICE })),
  };
  const key = uuidV5(`test-delivery:${nth}`);
  return {
    label: `Документ № ${number}`,
    parcel: { key, organization: SELLER, counterparty, documents: [source], formed },
    delivery: {
      key,
      channel,
      organization: SELLER.code,
      package: 1,
      part: 1,
      formed: formed.toISOString(),
      documents: [{ uuid, hash: 'h', correction: 0 }],
      doubtful: false,
    },
  };
}

/** A journal of a process that can be killed: after that nothing is written any more. */
export function killable(journal: Journal): { journal: Journal; kill: () => void } {
  let dead = false;
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        if (dead) throw new Error('killed');
        const value: unknown = Reflect.get(of, name);
        if (typeof value === 'function')
          return (...args: unknown[]) => {
            if (dead) throw new Error('killed');
            return (value as (...all: unknown[]) => unknown).apply(of, args);
          };
        return typeof value === 'object' && value !== null ? guard(value) : value;
      },
    });
  return {
    journal: guard(journal),
    kill: () => {
      dead = true;
    },
  };
}
