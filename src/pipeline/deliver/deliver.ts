import { dirname, join } from 'node:path';
import type { Config } from '../../config/types.ts';
import {
  type Captured,
  type Channel,
  ChannelError,
  type ChannelName,
  type RemoteState,
  type Session,
  type Surroundings,
} from '../../delivery/channel.ts';
import { deliver, type Summary } from '../../delivery/engine.ts';
import { readNews } from '../../delivery/feed.ts';
import { createCollector, type FaultCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, type OpenJournal, openJournal } from '../../journal/journal.ts';
import { scratchFolder } from '../../support/files.ts';
import { EXIT, type ExitCode, exitCodeOf, worse } from '../exit.ts';
import { unreconciled } from '../journal/reconciled.ts';
import { tasksOf } from './packages.ts';

export interface DeliverRequest {
  channel: Channel;
  /** A part of a package; without it the documents of the last two months. */
  path?: string | undefined;
  /** Number or UUID of the only document wanted. */
  only?: string | undefined;
  /** Sends nothing, and leaves the journal as it is. */
  dryRun: boolean;
  /** The longest pause that is waited out, ms. */
  patience: number;
  /** Nothing is begun after this instant. */
  until?: Date | undefined;
  surroundings: Omit<Surroundings, 'capture'>;
  /** Called with the number of things that came to an end. */
  onProgress?: ((done: number) => void) | undefined;
  openJournal?: OpenJournal | undefined;
  /** In a dry run: what would have gone out, one after another, for a month of it is not held. */
  onCaptured?: ((captured: Captured) => void) | undefined;
}

/** Something that would have gone out, without its body. */
export type CapturedNote = Omit<Captured, 'body'> & { bytes: number };

export interface DeliverResult {
  exit: ExitCode;
  channel: ChannelName;
  dryRun: boolean;
  /** Absent where it could not begin. */
  summary?: Omit<Summary, 'faults'>;
  /** What became of what was sent before: how many came into each state. */
  news: Partial<Record<RemoteState, number>>;
  /** What would have gone out in a dry run. */
  captured: CapturedNote[];
  faults: Fault[];
}

/** Sends what may go out through a channel: documents that the books have as the package has them. */
export async function deliverDocuments(request: DeliverRequest): Promise<DeliverResult> {
  const { channel, dryRun, surroundings } = request;
  const { config, clock } = surroundings;
  const faults = createCollector();
  const captured: CapturedNote[] = [];
  let done: Awaited<ReturnType<typeof send>> | undefined;
  const opened = unfit(config, channel) ?? openFit(request);
  if ('code' in opened) faults.add(opened);
  else
    try {
      const apart = dryRun || channel.rehearses?.(config);
      const held = dryRun ? captured : undefined;
      done = apart
        ? await onCopy(opened, config, request, (copy) => send(request, copy, faults, held))
        : await send(request, opened, faults, undefined);
    } finally {
      opened.close();
    }
  const list = faults.list();
  return {
    exit: exitOf(list, done?.summary),
    channel: channel.name,
    dryRun,
    news: done?.news ?? {},
    ...(done?.summary && { summary: withoutFaults(done.summary) }),
    captured,
    faults: list,
  };

  function openFit({ openJournal: open = openJournal }: DeliverRequest): Journal | Fault {
    const { journal, fault: refused } = open(config.journal.path, clock);
    if (!journal) return refused!;
    const restored = unreconciled(journal);
    if (!restored) return journal;
    journal.close();
    return restored;
  }
}

/** What the settings lack. */
function unfit(config: Config, channel: Channel): Fault | undefined {
  if (!channel.configured(config))
    return fault('BG1C-SEND-CHANNEL', { channel: channel.title, key: channel.setting });
  const lacksBase = config.deliver.when === 'after-receipt' && config.onec.infobase === undefined;
  return lacksBase ? fault('BG1C-SEND-BASE') : undefined;
}

/** Works on a copy of the journal, which then goes. */
async function onCopy<T>(
  journal: Journal,
  config: Config,
  { openJournal: open = openJournal, surroundings }: DeliverRequest,
  work: (copy: Journal) => Promise<T>,
): Promise<T> {
  const scratch = scratchFolder(dirname(config.journal.path), 'dry-run');
  try {
    const path = join(scratch.path, 'journal.db');
    journal.copy(path);
    const { journal: copy } = open(path, surroundings.clock);
    try {
      return await work(copy!);
    } finally {
      copy!.close();
    }
  } finally {
    scratch.remove();
  }
}

async function send(
  request: DeliverRequest,
  journal: Journal,
  faults: FaultCollector,
  captured: CapturedNote[] | undefined,
): Promise<{ summary?: Summary; news: DeliverResult['news'] }> {
  const { channel, patience, until, only, onProgress, path } = request;
  const { config, clock } = request.surroundings;
  const surroundings: Surroundings = {
    ...request.surroundings,
    records: journal.records,
    capture: captured && ((one) => keep(one, captured, request.onCaptured)),
  };
  let session: Session;
  try {
    session = await channel.connect(surroundings);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    faults.add(
      fault('BG1C-SEND-HALTED', { channel: channel.title, code: error.code, reason: error.message }),
    );
    return { news: {} };
  }
  try {
    let documents = 0;
    let done = 0;
    const onFault = (found: Fault): void => faults.add(found);
    const onDocument = (): void => void documents++;
    const planning = { config, channel, journal, clock, only, onFault, onDocument };
    const tasks = tasksOf(planning, path);
    const onEnd = (): void => onProgress?.(++done);
    const summary = await deliver({ channel, session, journal, surroundings, tasks, patience, until, onEnd });
    faults.add(summary.faults);
    const { title } = channel;
    if (summary.later > 0) faults.add(fault('BG1C-SEND-LATER', { channel: title, count: summary.later }));
    if (summary.inDoubt > 0)
      faults.add(fault('BG1C-SEND-ASKING', { channel: title, count: summary.inDoubt }));
    if (documents === 0 && !faults.stopped()) faults.add(fault('BG1C-SEND-NONE', { channel: title }));
    const { states, failure } = await readNews(channel, session, journal);
    if (failure)
      faults.add(
        fault('BG1C-SEND-STATUSES', { channel: title, code: failure.code, reason: failure.message }),
      );
    const undecided = journal.records.deliveries.undecided(channel.name).length;
    return { summary: { ...summary, undecided }, news: states };
  } finally {
    await session.close();
  }
}

function exitOf(faults: readonly Fault[], summary: Summary | undefined): ExitCode {
  if (!summary) return exitCodeOf(faults, false, 0);
  const { rejected, leftOut, later, givenUp, inDoubt, undecided, broken } = summary;
  const exit = exitCodeOf(faults, true, rejected + leftOut + later + givenUp + Number(broken));
  return inDoubt + undecided > 0 ? worse(exit, EXIT.inDoubt) : exit;
}

function withoutFaults({ faults: _, ...counts }: Summary): Omit<Summary, 'faults'> {
  return counts;
}

function keep(
  one: Captured,
  captured: CapturedNote[],
  onCaptured: ((captured: Captured) => void) | undefined,
): void {
  onCaptured?.(one);
  const { key, to, body } = one;
  captured.push({ key, to, bytes: typeof body === 'string' ? Buffer.byteLength(body) : body.length });
}
