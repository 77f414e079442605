import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFingerprint } from '../config/fingerprint.ts';
import type { Config } from '../config/types.ts';
import { type Disk, realDisk } from '../exchange/disk.ts';
import { createCollector, type FaultCollector } from '../faults/collector.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { createCommerceMl } from '../formats/commerceml/message.ts';
import { expressibleRates } from '../formats/enterprise-data/dialect.ts';
import { createMessageFormat, type MessageFormat } from '../formats/enterprise-data/message.ts';
import { type Journal, journalFault, type OpenJournal, openJournal } from '../journal/journal.ts';
import type { StoredPackage } from '../journal/packages.ts';
import { counterpartyKey, createIdentity, type Identity } from '../model/identity.ts';
import { lastDay, type Period, periodName } from '../model/period.ts';
import { rateOn } from '../model/vat.ts';
import { addTotals, LEFT_OUT_LIMIT, type Manifest } from '../package/manifest.ts';
import type { PreviewFindings } from '../package/preview.ts';
import { createStage, type Stage } from '../package/stage.ts';
import { discardParts, occupied, packParts, type WrittenPart } from '../package/write.ts';
import { createNumberRegister } from '../rules/numbers.ts';
import { createRecordCheck } from '../rules/records.ts';
import { loadProfile } from '../schema/load.ts';
import type { Profile } from '../schema/profile.ts';
import { createValidator, type Validator } from '../schema/validate.ts';
import { messageXsd } from '../schema/xsd.ts';
import type { AssemblyContext } from '../sources/assembly/context.ts';
import { assembleContract } from '../sources/assembly/contract.ts';
import { type Month, readMonth, sourceFingerprints } from '../sources/assembly/month.ts';
import { createServices } from '../sources/assembly/services.ts';
import type { ContractResult, LeftOut } from '../sources/assembly/sourced.ts';
import { openSource } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import type { Clock } from '../support/clock.ts';
import { russianDate } from '../support/dates.ts';
import { ensureFolder, scratchFolder } from '../support/files.ts';
import { uuidV5 } from '../support/ids.ts';
import { toolVersion } from '../support/version.ts';
import { type ExitCode, exitCodeOf } from './exit.ts';
import { chosenProfile, type FitContext, lossFaults, profileFingerprint, withinRates } from './format-fit.ts';
import { type Basis, firstLedger, type Ledger, refsText, secondLedger } from './ledger.ts';
import { scratchName } from './leftovers.ts';
import { originsHead } from './origins.ts';
import { publishPackage, removeUncommitted } from './publish.ts';
import { unreconciled } from './reconciled.ts';
import { keepSource } from './snapshot.ts';

export interface BuildRequest {
  config: Config;
  /** Folder or archive of the export. */
  input: string;
  period?: Period | undefined;
  /** Where packages go; the outbox of the exchange folder by default. */
  out?: string | undefined;
  /** Everything but writing: no package, no number drawn. */
  dryRun?: boolean;
  /** Nothing is written where the version of the format loses something of the month. */
  failOnLoss?: boolean;
  /** False: a package that was published before is not written again. */
  reissue?: boolean;
  /** Makes this package of the journal again, as it was then, and leaves its parts under their temporary names. */
  again?: StoredPackage;
  /** The real ones by default. */
  disk?: Disk;
  openJournal?: OpenJournal;
  clock: Clock;
  progress?: (contracts: number, documents: number) => void;
}

export interface BuildResult {
  exit: ExitCode;
  period?: Period;
  packages: BuiltPackage[];
  leftOut: LeftOut[];
  faults: Fault[];
}

/** One package: all parts of one organisation. */
export interface BuiltPackage {
  organization: Manifest['organization'];
  packageId: string;
  seq: number;
  period: Period;
  /** Paths of the parts; empty in a dry run. */
  files: string[];
  /** Parts that wait under temporary names for the caller of a rebuild. */
  waiting: WrittenPart[];
  documents: Manifest['documents'];
  objects: Manifest['objects'];
  format: Manifest['format'];
  losses: Manifest['losses'];
}

/**
 * A month of the billing → packages, one an organisation: reads, joins, checks, writes, or leaves everything as it was.
 * Expected failures are faults; anything thrown is a defect.
 */
export async function build(request: BuildRequest): Promise<BuildResult> {
  const faults = createCollector();
  const leftOut: LeftOut[] = [];
  const outcome = await attempt(request, faults, leftOut).catch((error: unknown) => {
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

type Outcome = Pick<BuildResult, 'packages'> & { period?: Period };

async function attempt(request: BuildRequest, faults: FaultCollector, leftOut: LeftOut[]): Promise<Outcome> {
  const { config } = request;
  const { profile, fault: unfit } = chosenProfile(config);
  if (!profile) {
    faults.add(unfit!);
    return { packages: [] };
  }
  const opened = await openSource(config, request.input, request.period);
  faults.add(opened.faults);
  if (!opened.source) return { packages: [] };
  if (faults.stopped()) {
    await opened.source.close();
    return { packages: [] };
  }
  try {
    return await buildFrom(opened.source, request, profile, faults, leftOut);
  } finally {
    await opened.source.close();
  }
}

async function buildFrom(
  source: Source,
  request: BuildRequest,
  profile: Profile,
  faults: FaultCollector,
  leftOut: LeftOut[],
): Promise<Outcome> {
  const { config, dryRun } = request;
  const out = outputFolder(request);
  if (!dryRun) ensureFolder(out);
  const scratch = scratchFolder(dryRun ? tmpdir() : out, scratchName());
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
      profile,
      source,
      month,
      faults,
      leftOut,
      differences: [],
      scratch: scratch.path,
      out,
    };
    faults.add(rateFaults(config, month.period));
    if (faults.stopped()) return { period: month.period, packages: [] };
    return await withJournal(request, faults, async (journal, ledger) => {
      const kept = await keepSnapshot(request, source);
      if (!kept.fault) return writeMonth({ ...work, address: kept.address, journal, ledger });
      faults.add(kept.fault);
      return { period: work.month.period, packages: [] };
    });
  } finally {
    month?.remove();
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
    const locked = journal.begin() ?? (dryRun ? undefined : unreconciled(journal));
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

interface Work {
  request: BuildRequest;
  profile: Profile;
  source: Source;
  month: Month;
  /** Of the snapshot of the source. */
  address: string | undefined;
  journal: Journal;
  ledger: Ledger;
  faults: FaultCollector;
  leftOut: LeftOut[];
  /** Contracts whose documents do not equal their accruals. */
  differences: PreviewFindings['reconciliation'][number][];
  scratch: string;
  out: string;
}

async function writeMonth(work: Work): Promise<Outcome> {
  const { request, profile, month, journal, ledger, faults, leftOut, source } = work;
  const { config, disk = realDisk } = request;
  const written: WrittenPart[] = [];
  const identity = createIdentity(config.installation);
  const validator = createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1')));
  const stages = new Map<string, OrganizationStage>();
  try {
    stageContracts(work, identity, validator, stages);
    const staged = [...stages].map(([code, { stage, format, kept }]) => ({
      code,
      format,
      kept,
      parts: stage.finish(),
    }));
    if (staged.length === 0) {
      const found = `в выгрузке документов: ${month.documents}, не передано: ${leftOut.length}`;
      faults.add(fault('BG1C-DOCUMENTS-NONE', { period: periodName(month.period), found }));
    }
    if (request.failOnLoss)
      for (const { parts } of staged)
        faults.add(lossFaults(profile.version, sumLosses(parts.map((part) => part.losses))));
    if (faults.stopped()) return { period: month.period, packages: [] };
    const packages: BuiltPackage[] = [];
    const findings: PreviewFindings = { faults: faults.list(), reconciliation: work.differences };
    for (const { code, format, kept, parts } of staged) {
      const fingerprints = [...kept, ...profileFingerprint(config, profile)];
      const basis = ledger.basis(code, packageId(config, source, month.period, code, fingerprints));
      if (!basis) continue;
      const head = manifestHead(work, format, basis.packageId, basis.seq);
      const refsOf = refsText(journal, config, month.period, code, basis);
      const given = request.again ? undefined : givenFiles(basis, request.reissue ?? true);
      const waiting =
        request.dryRun || given
          ? []
          : await packParts(parts, { head, format, refsOf, findings, folder: work.out });
      written.push(...waiting);
      const documents = addTotals(parts.map((part) => part.documents));
      const total = Object.values(documents).reduce((sum, { count }) => sum + count, 0);
      const row = {
        organization: code,
        seq: basis.seq,
        packageId: basis.packageId,
        period: month.period,
        mode: config.documents.mode,
        parts: parts.length,
        documents: total,
      };
      ledger.record(basis, row, work.address, waiting);
      packages.push({
        organization: head.organization,
        packageId: basis.packageId,
        seq: basis.seq,
        period: month.period,
        format: head.format,
        documents,
        files: given ?? waiting.map(({ path }) => path),
        waiting,
        objects: sumObjects(parts.map((part) => part.objects)),
        losses: sumLosses(parts.map((part) => part.losses)),
      });
    }
    if (request.dryRun || request.again) return { period: month.period, packages };
    const taken = await occupied(written);
    if (taken) {
      faults.add(taken);
      discardParts(written);
      return { period: month.period, packages: [] };
    }
    journal.commit();
    for (const { packageId, waiting } of packages) publishPackage(journal, disk, packageId, waiting);
    return { period: month.period, packages };
  } catch (error) {
    // After the commit the files belong to the journal: the next start publishes them.
    if (request.again || journal.rollback()) discardParts(written);
    throw error;
  } finally {
    for (const { stage } of stages.values()) stage.abandon();
    validator.dispose();
  }
}

/** Files of a known package that need not be packed again: they wait to be published, or were and are not asked for. */
function givenFiles({ staged, published }: Basis, reissue: boolean): string[] | undefined {
  return staged ?? (reissue ? undefined : published);
}

interface OrganizationStage {
  stage: Stage;
  format: MessageFormat;
  /** Counterparties whose UUID is not the one of their present ИНН and КПП: part of the package id. */
  kept: string[];
}

function stageContracts(
  work: Work,
  identity: Identity,
  validator: Validator,
  stages: Map<string, OrganizationStage>,
): void {
  const { request, profile, source, month, ledger, faults, leftOut, scratch } = work;
  const { config } = request;
  const report = (found: Fault): void => faults.add(found);
  const context: AssemblyContext = {
    config,
    source,
    identity,
    report,
    period: month.period,
    known: ledger.known,
    services: createServices(month.services, month.chargeTypes, config, identity, source, report),
    namesakes: month.namesakes,
    doubles: month.doubles,
    counterparties: new Map(),
    numbers: createNumberRegister(),
    leaveOut: (document) => void leftOut.push(document),
    differs: (contract, accrued, documents) => void work.differences.push({ contract, accrued, documents }),
  };
  const checkRecord = createRecordCheck();
  const open = (code: string): OrganizationStage => {
    const organization = config.organizations.find((one) => one.code === code)!;
    const format = createMessageFormat(config, organization, month.period, identity, profile);
    const commerceMl = config.onec.commerceml
      ? createCommerceMl(format.organization, month.period)
      : undefined;
    const origins = originsHead(source, config, format);
    const stage = createStage({
      folder: scratch,
      format,
      commerceMl,
      origins,
      validator,
      checkRecord,
      keep: ledger.keep(code),
      report,
    });
    const opened = { stage, format, kept: [] };
    stages.set(code, opened);
    return opened;
  };
  let contracts = 0;
  let documents = 0;
  const fit: FitContext = { ...context, version: profile.version, rates: expressibleRates(profile) };
  for (const rows of month.contracts()) {
    const assembled = assembleContract(rows, context);
    const result = assembled && withinRates(assembled, fit);
    contracts++;
    if (result) {
      const { stage, kept } = stages.get(result.organization) ?? open(result.organization);
      stage.add(result);
      remember(result, identity, ledger, kept);
      documents += result.documents.length;
    }
    if (contracts % 500 === 0) request.progress?.(contracts, documents);
  }
  request.progress?.(contracts, documents);
}

function remember(
  { contract, counterparty }: ContractResult,
  identity: Identity,
  ledger: Ledger,
  kept: string[],
): void {
  const { uuid, inn, kpp } = counterparty.record;
  ledger.remember(contract.record.id, { uuid, inn: inn ?? '', kpp: kpp ?? '' });
  if (uuid !== identity.counterparty(counterpartyKey(inn, kpp, contract.record.id)))
    kept.push(`${contract.record.id} ${uuid}`);
}

/** The same source, settings, kept identities and tool give the same id, on every machine (design §7). */
function packageId(
  config: Config,
  source: Source,
  period: Period,
  code: string,
  kept: readonly string[],
): string {
  const hash = createHash('sha256');
  for (const part of [
    JSON.stringify(sourceFingerprints(source)),
    configFingerprint(config),
    period,
    code,
    toolVersion(),
    kept.join('\n'),
  ])
    hash.update(part).update('\0');
  return uuidV5(`package:${hash.digest('hex')}`);
}

function manifestHead(
  { request, source, month, faults, leftOut }: Work,
  format: MessageFormat,
  id: string,
  seq: number,
) {
  const { config } = request;
  const { code, uuid, name, inn, kpp } = format.organization;
  return {
    manifestVersion: 1 as const,
    packageId: id,
    installation: config.installation,
    organization: { code, uuid, name, inn, ...(kpp && { kpp }) },
    period: month.period,
    mode: config.documents.mode,
    seq,
    format: { name: 'EnterpriseData' as const, version: format.profile.version, bill: config.onec.bill },
    post: config.onec.post,
    tool: { name: 'bgbilling-1c' as const, version: toolVersion() },
    source: { kind: config.source.kind, files: sourceFingerprints(source) },
    faults: [...faults.counts()].map(([faultCode, count]) => ({
      code: faultCode,
      severity: severityOf(faults, faultCode),
      count,
    })),
    leftOut: {
      count: leftOut.length,
      documents: leftOut
        .slice(0, LEFT_OUT_LIMIT)
        .map(({ kind, number, key, codes }) => ({ kind, number, key, codes })),
    },
  };
}

function severityOf(faults: FaultCollector, code: string): Fault['severity'] {
  return faults.list().find((found) => found.code === code)!.severity;
}

function sumObjects(all: readonly Manifest['objects'][]): Manifest['objects'] {
  const sum = { counterparties: 0, contracts: 0, services: 0 };
  for (const one of all) for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
  return sum;
}

function sumLosses(all: readonly ReadonlyMap<string, number>[]): Manifest['losses'] {
  const sum = new Map<string, number>();
  for (const one of all) for (const [name, count] of one) sum.set(name, (sum.get(name) ?? 0) + count);
  return [...sum].map(([name, count]) => ({ name, count }));
}
