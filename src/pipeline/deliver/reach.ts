import {
  type Channel,
  ChannelError,
  type ChannelName,
  type Reach,
  type Surroundings,
} from '../../delivery/channel.ts';
import { createCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import { createSourceCollector } from '../../model/document-source.ts';
import type { CanonicalRecord, Counterparty } from '../../model/types.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit.ts';
import { openedParts } from './packages.ts';

export interface ReachRequest {
  channel: Channel;
  path?: string | undefined;
  only?: string | undefined;
  surroundings: Surroundings;
  openJournal?: OpenJournal | undefined;
}

export interface ReachResult {
  exit: ExitCode;
  channel: ChannelName;
  reach: Reach[];
  faults: Fault[];
}

/** Whether the counterparties of what would go through a channel can be reached there; nothing is sent. */
export async function reachOf(request: ReachRequest): Promise<ReachResult> {
  const { channel, surroundings } = request;
  const { config, clock } = surroundings;
  const faults = createCollector();
  const reach: Reach[] = [];
  const end = (begun: boolean): ReachResult => {
    const list = faults.list();
    return {
      exit: begun ? exitCodeOf(list, true, 0) : worst(list),
      channel: channel.name,
      reach,
      faults: list,
    };
  };
  if (!channel.configured(config)) {
    faults.add(fault('BG1C-SEND-CHANNEL', { channel: channel.title, key: channel.setting }));
    return end(false);
  }
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(config.journal.path, clock);
  if (!journal) {
    faults.add(refused!);
    return end(false);
  }
  try {
    const counterparties = new Map<string, Counterparty>();
    for await (const { opened } of openedParts({ journal, onFault: faults.add }, request.path)) {
      const collect = createSourceCollector();
      for await (const line of opened.lines('documents.jsonl')) {
        const source = line === '' ? undefined : collect(JSON.parse(line) as CanonicalRecord);
        if (!source || !channel.carries(source, config) || !isWanted(source.document, request.only)) continue;
        counterparties.set(source.counterparty.uuid, source.counterparty);
      }
    }
    const session = await channel.connect(surroundings);
    try {
      if (!session.reach) faults.add(fault('BG1C-SEND-NO-CHECK', { channel: channel.title }));
      else for await (const one of session.reach([...counterparties.values()])) reach.push(one);
    } finally {
      await session.close();
    }
    return end(true);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    faults.add(
      fault('BG1C-SEND-HALTED', { channel: channel.title, code: error.code, reason: error.message }),
    );
    return end(false);
  } finally {
    journal.close();
  }
}

function isWanted({ number, uuid }: { number: string; uuid: string }, only: string | undefined): boolean {
  return only === undefined || only === number || only.toLowerCase() === uuid;
}

function worst(faults: readonly Fault[]): ExitCode {
  const exit = exitCodeOf(faults, false, 0);
  return exit === EXIT.done ? EXIT.errors : exit;
}
