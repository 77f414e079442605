import { receiptKey } from '../../config/receipt-key.ts';
import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { createFolders, layoutOf } from '../../exchange/layout.ts';
import type { Log } from '../../exchange/log.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal, OpenJournal } from '../../journal/journal.ts';
import { type Lock, takeLock } from '../../journal/lock.ts';
import type { Clock } from '../../support/clock.ts';
import { EXIT, type ExitCode, exitCodeOf, worse } from '../exit.ts';
import { behindExchange } from '../journal/behind.ts';
import { unreconciled } from '../journal/reconciled.ts';
import type { OpenBilling } from './close.ts';
import type { Exchange } from './exchange.ts';
import { createHeartbeat, readHeartbeat } from './heartbeat.ts';
import { FATAL } from './intake.ts';
import { passingFault } from './passing.ts';
import { recover } from './recover.ts';
import { createTick, PATIENCE, type Tick } from './tick.ts';

export interface WatchRequest {
  config: Config;
  /** Looks until nothing is on its way, then ends: for cron and the task scheduler. */
  once: boolean;
  /** Ends the watch after the step that is under way. */
  signal: AbortSignal;
  disk: Disk;
  clock: Clock;
  log: Log;
  openJournal: OpenJournal;
  openBilling: OpenBilling;
  /** Waits so many milliseconds, or until the signal. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Watches the exchange folder: one watcher a folder. Polling, not file events, for shares have none.
 * @returns faults that kept it from starting, ended it or, with `--once`, kept something from being finished; the exit
 *   code of `--once` is the worst of what it did
 */
export async function watch(request: WatchRequest): Promise<{ exit: ExitCode; faults: Fault[] }> {
  const { config, disk, log } = request;
  const refuse = (found: Fault) => ({ exit: exitCodeOf([found], false, 0), faults: [found] });
  const { key, fault: unknown } = receiptKey(config);
  if (unknown) return refuse(unknown);
  const { journal, fault: refused } = request.openJournal(config.journal.path, request.clock);
  if (!journal) return refuse(refused!);
  const layout = layoutOf(config.exchange.dir);
  const lock = createFolderLock(config);
  try {
    // A share that is not mounted must not be replaced by empty folders.
    if (!journal.records.intake.isEmpty() && !disk.stat(layout.inbox)) {
      log.error('exchange.away');
      const away = fault('BG1C-EXCHANGE-AWAY', { dir: config.exchange.dir });
      return { exit: EXIT.errors, faults: [away] };
    }
    const unfit =
      lock.take() ?? journalProblem(journal) ?? (await behindExchange(config, journal, disk, request.clock));
    if (unfit) {
      log.error('watch.refused', { codes: [unfit.code] });
      return refuse(unfit);
    }
    const exchange: Exchange = {
      ...{ ...request, layout, journal, key },
      openJournal: sharing(journal),
      built: new Map(),
    };
    createFolders(disk, layout);
    log.info('watch.started', { pid: process.pid, once: request.once });
    const ended = await run(request, exchange, lock);
    log.info('watch.stopped', { exit: ended.exit });
    return ended;
  } catch (error) {
    const hindrance = passingFault(error, config);
    if (!hindrance) throw error;
    log.error('watch.refused', { codes: [hindrance.code] });
    return refuse(hindrance);
  } finally {
    journal.close();
    lock.release();
  }
}

/**
 * Builds use the watcher's own connection: the database engine keeps a closed one, with its files, until its statements
 * are collected as garbage.
 */
function sharing(journal: Journal): OpenJournal {
  const shared: Journal = Object.create(journal, { close: { value: () => undefined } }) as Journal;
  return () => ({ journal: shared });
}

interface FolderLock {
  /** Takes it, or takes it anew after the folder was away. @returns why not */
  take(): Fault | undefined;
  release(): void;
}

/** The lock is the operating system's and falls with its holder. */
function createFolderLock({ exchange: { dir }, journal: { path } }: Config): FolderLock {
  let lock: Lock | undefined;
  const release = (): void => {
    lock?.release();
    lock = undefined;
  };
  return {
    take() {
      release();
      try {
        lock = takeLock(layoutOf(dir).lock);
      } catch (error) {
        return fault('BG1C-WATCH-LOCK', { dir, reason: (error as Error).message });
      }
      if (lock) return undefined;
      const pid = readHeartbeat(path)?.pid;
      return fault('BG1C-WATCH-RUNNING', { dir, who: pid === undefined ? '' : ` (процесс ${pid})` });
    },
    release,
  };
}

function journalProblem(journal: Journal): Fault | undefined {
  const reason = journal.integrity();
  if (reason !== 'ok') return fault('BG1C-JOURNAL-DAMAGED', { file: journal.path, reason });
  return unreconciled(journal);
}

async function run(
  { once, signal, sleep, config, disk, clock, log, openBilling }: WatchRequest,
  exchange: Exchange,
  lock: FolderLock,
): Promise<{ exit: ExitCode; faults: Fault[] }> {
  const beat = createHeartbeat(config.journal.path, disk, clock);
  const tick = createTick(exchange, openBilling);
  const stop = (found: Fault) => ({ exit: EXIT.usage, faults: [found] });
  const hindered = new Map<string, Fault>();
  let exit: ExitCode = EXIT.done;
  let begun = false;
  let hindrance = '';
  for (let ticks = 1; ; ticks++) {
    let seen: Tick | undefined;
    try {
      if (hindrance === AWAY && disk.stat(exchange.layout.inbox)) {
        // The share that came back may have forgotten our lock.
        const held = lock.take();
        if (held) return stop(held);
      }
      if (!begun && disk.stat(exchange.layout.inbox)) {
        await recover(exchange);
        begun = true;
      }
      seen = await tick(signal);
      exit = worse(exit, seen.exit);
      if (once) for (const found of seen.faults) hindered.set(found.message, found);
      const fatal = seen.faults.find(({ code }) => FATAL.includes(code));
      if (fatal) return stop(fatal);
      if (!seen.reachable && hindrance !== AWAY) log.error('exchange.away');
      hindrance = seen.reachable ? '' : AWAY;
      beat({ ticks, waiting: seen.waiting, reachable: seen.reachable });
    } catch (error) {
      const found = passingFault(error, config);
      if (!found) throw error;
      // Said once, not at every look: until it is mended everything stays where it is.
      if (found.message !== hindrance) log.error('watch.hindered', { codes: [found.code] });
      hindrance = found.message;
      if (FATAL.includes(found.code)) return stop(found);
      if (once) return { exit: EXIT.errors, faults: [found] };
    }
    const idle = seen !== undefined && seen.moving === 0;
    if (once && (idle || ticks > PATIENCE + 1)) return { exit, faults: [...hindered.values()] };
    if (!signal.aborted) await sleep(config.exchange.poll * 1000, signal);
    if (signal.aborted) return { exit: once ? exit : EXIT.done, faults: [] };
  }
}

const AWAY = 'away';
