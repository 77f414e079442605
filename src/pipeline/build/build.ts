import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFingerprint } from '../../config/fingerprint.ts';
import type { Config } from '../../config/types.ts';
import { realDisk } from '../../exchange/disk.ts';
import { createCollector, type FaultCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, journalFault, openJournal } from '../../journal/journal.ts';
import { createIdentity } from '../../model/identity.ts';
import { lastDay, type Period, periodName } from '../../model/period.ts';
import { rateOn } from '../../model/vat.ts';
import { type Month, readMonth } from '../../sources/assembly/month.ts';
import type { LeftOut } from '../../sources/assembly/sourced.ts';
import { openSource } from '../../sources/registry.ts';
import type { Source } from '../../sources/source.ts';
import { russianDate } from '../../support/dates.ts';
import { scratchFolder } from '../../support/files.ts';
import { exitCodeOf } from '../exit.ts';
import { unreconciled } from '../journal/reconciled.ts';
import { answered, askOf, atBest, keepAnswer } from './answers.ts';
import { chooseFormat, type FormatChoice } from './format-choice.ts';
import { chosenProfile } from './format-fit.ts';
import { firstLedger, type Ledger, secondLedger } from './ledger.ts';
import { scratchName, workFolder } from './leftovers.ts';
import { removeUncommitted } from './publish.ts';
import { createReconciler } from './reconciler.ts';
import type { BuildRequest, BuildResult, BuiltPackage } from './request.ts';
import { keepSource } from './snapshot.ts';
import { type Outcome, writeMonth } from './write-month.ts';

export type { BuildRequest, BuildResult, BuiltPackage } from './request.ts';

/**
 * A month of the billing → packages, one an organisation: reads, joins, checks, writes, or leaves everything as it was.
 * Expected failures are faults; anything thrown is a defect.
 */
export async function build(wanted: BuildRequest): Promise<BuildResult> {
  const { choice, fault: refused } = formatFor(wanted);
  if (!choice)
    return { exit: exitCodeOf([refused!], false, 0), packages: [], leftOut: [], faults: [refused!] };
  const request = { ...wanted, config: choice.config };
  const ask = askOf(request);
  const known = ask && (await atBest(answered(request, ask)));
  const result = known ?? (await buildAnew(request, choice));
  if (ask && !known) await atBest(keepAnswer(request, ask, result));
  return { ...result, faults: [...result.faults, ...choice.aside] };
}

/** A rebuild takes the version that its package was made in. */
function formatFor({ config, again, disk = realDisk, clock, ...request }: BuildRequest): {
  choice?: FormatChoice;
  fault?: Fault;
} {
  if (again) {
    const { profile, fault: unfit } = chosenProfile(config);
    return profile ? { choice: { config, profile, aside: [] } } : { fault: unfit! };
  }
  const { path } = config.journal;
  if (config.onec.infobase === undefined || !existsSync(path)) return chooseFormat(config, undefined, disk);
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(path, clock);
  if (!journal) return { fault: refused! };
  try {
    return chooseFormat(config, journal, disk);
  } finally {
    journal.close();
  }
}

async function buildAnew(request: BuildRequest, choice: FormatChoice): Promise<BuildResult> {
  const faults = createCollector();
  const leftOut: LeftOut[] = [];
  const outcome = await attempt(request, choice, faults, leftOut).catch((error: unknown) => {
    const found =
      outputFault(error, outputFolder(request)) ?? journalFault(request.config.journal.path, error);
    if (!found) throw error;
    faults.add(found);
    return { packages: [] as BuiltPackage[] };
  });
  const list = faults.list();
  return {
    ...outcome,
    exit: exitCodeOf(list, outcome.packages.length > 0, leftOut.length),
    leftOut,
    faults: list,
  };
}

/**
 * Full disk, missing right: the user's to mend.
 * @param folder named where the error itself names no file: a write knows only its handle
 */
export function outputFault(error: unknown, folder?: string): Fault | undefined {
  const { code, path, syscall, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOSPC: 'на диске нет места',
    EACCES: 'нет прав',
    EPERM: 'нет прав',
    EROFS: 'диск только для чтения',
    EDQUOT: 'исчерпана квота',
    EIO: 'ошибка диска',
    ENOTDIR: 'путь проходит через файл',
    EEXIST: 'файл уже есть',
  };
  if (code === undefined || syscall === undefined || !(code in known)) return undefined;
  return fault('BG1C-OUTPUT-WRITE', { file: path ?? folder ?? message, reason: known[code]! });
}

async function attempt(
  request: BuildRequest,
  choice: FormatChoice,
  faults: FaultCollector,
  leftOut: LeftOut[],
): Promise<Outcome> {
  const { config } = request;
  const opened = await openSource(config, request.input, request.period);
  faults.add(opened.faults);
  if (!opened.source) return { packages: [] };
  if (faults.stopped()) {
    await opened.source.close();
    return { packages: [] };
  }
  try {
    return await buildFrom(opened.source, request, choice, faults, leftOut);
  } finally {
    await opened.source.close();
  }
}

async function buildFrom(
  source: Source,
  request: BuildRequest,
  choice: FormatChoice,
  faults: FaultCollector,
  leftOut: LeftOut[],
): Promise<Outcome> {
  const { config, dryRun } = request;
  const out = outputFolder(request);
  const scratch = dryRun ? scratchFolder(tmpdir(), scratchName()) : workFolder(out);
  const identity = createIdentity(config.installation);
  const reconciler = createReconciler(config, identity, () => scratch.path);
  let month: Month | undefined;
  try {
    month = await readMonth(
      source,
      config,
      request.period,
      () => scratch.path,
      (found) => faults.add(found),
    );
    if (!month) return { packages: [] };
    const work = {
      request,
      choice,
      source,
      month,
      faults,
      leftOut,
      reconciler,
      scratch: scratch.path,
      out,
    };
    faults.add(rateFaults(config, month.period));
    if (faults.stopped()) return { period: month.period, packages: [] };
    return await withJournal(request, month.documents, faults, async (journal, ledger) => {
      const changed = request.again ? [] : modeFaults(journal, config, work.month.period);
      faults.add(changed);
      if (changed.length > 0) return { period: work.month.period, packages: [] };
      const kept = await keepSnapshot(request, source);
      if (!kept.fault) return writeMonth({ ...work, address: kept.address, journal, ledger });
      faults.add(kept.fault);
      return { period: work.month.period, packages: [] };
    });
  } finally {
    month?.remove();
    reconciler.remove();
    scratch.remove();
  }
}

/** The export is kept, so that the package can be made again; a rebuild reads what was kept. */
async function keepSnapshot(
  { input, config, dryRun, again }: BuildRequest,
  source: Source,
): Promise<{ address?: string | undefined; fault?: Fault }> {
  return dryRun || again ? {} : keepSource(input, source, config.journal.path);
}

function outputFolder({ out, config }: BuildRequest): string {
  return out ?? join(config.exchange.dir, 'outbox');
}

/** The way documents come about is fixed by the first package of a month: the same services must not be booked twice. */
function modeFaults(journal: Journal, { documents, organizations }: Config, period: Period): Fault[] {
  const others = journal.packages().filter((one) => one.period === period && one.mode !== documents.mode);
  return organizations
    .filter(({ code }) => others.some(({ organization }) => organization === code))
    .map(({ name }) =>
      fault('BG1C-MODE-CHANGED', {
        period: periodName(period),
        organization: name,
        before: others[0]!.mode,
        now: documents.mode,
      }),
    );
}

/** A table of rates that does not reach back to the period: no rate is guessed. */
function rateFaults(config: Config, period: Period): Fault[] {
  const day = lastDay(period);
  if (rateOn(config.vat.rates, day) !== undefined) return [];
  const reason = `нет ставки на ${russianDate(day)}`;
  return [fault('BG1C-CONFIG-VALUE', { key: 'vat.rates', reason }, { path: 'vat.rates' })];
}

/**
 * Everything a build writes to the journal is one transaction; a dry run takes it back, and creates no journal.
 * A rebuild only reads.
 */
async function withJournal(
  request: BuildRequest,
  documents: number,
  faults: FaultCollector,
  work: (journal: Journal, ledger: Ledger) => Promise<Outcome>,
): Promise<Outcome> {
  const { config, dryRun = false, again } = request;
  const { path } = config.journal;
  const open = request.openJournal ?? openJournal;
  const { journal, fault: refused } = open(dryRun && !existsSync(path) ? ':memory:' : path, request.clock);
  if (!journal) {
    faults.add(refused!);
    return { packages: [] };
  }
  try {
    if (again) return await work(journal, secondLedger(journal, again));
    const locked = journal.begin(documents) ?? (dryRun ? undefined : unreconciled(journal));
    if (locked) {
      faults.add(locked);
      return { packages: [] };
    }
    if (!dryRun) removeUncommitted(journal, request.disk ?? realDisk, outputFolder(request));
    return await work(journal, firstLedger(journal, configFingerprint(config), dryRun));
  } finally {
    // A rebuild leaves the transaction to its caller.
    if (!again) journal.rollback();
    journal.close();
  }
}
