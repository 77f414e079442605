import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFingerprint } from '../config/fingerprint.ts';
import type { Config } from '../config/types.ts';
import { createCollector, type FaultCollector } from '../faults/collector.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { createMessageFormat, type MessageFormat } from '../formats/enterprise-data/message.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { counterpartyKey, createIdentity, type Identity } from '../model/identity.ts';
import { type Period, periodName } from '../model/period.ts';
import { addTotals, LEFT_OUT_LIMIT, type Manifest } from '../package/manifest.ts';
import { createStage, type Stage } from '../package/stage.ts';
import { occupied, packParts, publishParts, type WrittenPart } from '../package/write.ts';
import { createNumberRegister } from '../rules/numbers.ts';
import { createRecordCheck } from '../rules/records.ts';
import { listProfiles, loadProfile } from '../schema/load.ts';
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
import { ensureFolder, scratchFolder } from '../support/files.ts';
import { uuidV5 } from '../support/ids.ts';
import { toolVersion } from '../support/version.ts';
import { type ExitCode, exitCodeOf } from './exit.ts';
import { originsHead } from './origins.ts';

export interface BuildRequest {
  config: Config;
  /** Folder or archive of the export. */
  input: string;
  period?: Period | undefined;
  /** Where packages go; the outbox of the exchange folder by default. */
  out?: string | undefined;
  /** Everything but writing: no package, no number drawn. */
  dryRun?: boolean;
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
    const found = outputFault(error);
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

/** Full disk, missing right: the user's to mend. */
function outputFault(error: unknown): Fault | undefined {
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
  return fault('BG1C-OUTPUT-WRITE', { file: path ?? message, reason: known[code]! });
}

type Outcome = Pick<BuildResult, 'packages'> & { period?: Period };

async function attempt(request: BuildRequest, faults: FaultCollector, leftOut: LeftOut[]): Promise<Outcome> {
  const { config } = request;
  const known = listProfiles('enterprise-data');
  if (!known.includes(config.onec.format)) {
    faults.add(
      fault(
        'BG1C-FORMAT-UNKNOWN',
        { version: config.onec.format, known: known.join(', ') },
        { path: 'onec.format' },
      ),
    );
    return { packages: [] };
  }
  const opened = await openSource(config, request.input);
  faults.add(opened.faults);
  if (!opened.source) return { packages: [] };
  if (faults.stopped()) {
    await opened.source.close();
    return { packages: [] };
  }
  const out = request.out ?? join(config.exchange.dir, 'outbox');
  if (!request.dryRun) ensureFolder(out);
  const scratch = scratchFolder(request.dryRun ? tmpdir() : out, 'build');
  try {
    const month = await readMonth(
      opened.source,
      config,
      request.period,
      () => scratch.path,
      (found) => faults.add(found),
    );
    if (!month || faults.stopped()) return { ...(month && { period: month.period }), packages: [] };
    try {
      return await withJournal(request, faults, (journal) =>
        writeMonth({
          request,
          source: opened.source!,
          month,
          journal,
          faults,
          leftOut,
          scratch: scratch.path,
          out,
        }),
      );
    } finally {
      month.remove();
    }
  } finally {
    scratch.remove();
    await opened.source.close();
  }
}

/** Everything a build writes to the journal is one transaction; a dry run takes it back. */
async function withJournal(
  request: BuildRequest,
  faults: FaultCollector,
  work: (journal: Journal) => Promise<Outcome>,
): Promise<Outcome> {
  const { journal, fault: refused } = openJournal(request.config.journal.path, request.clock);
  if (!journal) {
    faults.add(refused!);
    return { packages: [] };
  }
  try {
    const locked = journal.begin();
    if (locked) {
      faults.add(locked);
      return { packages: [] };
    }
    return await work(journal);
  } finally {
    journal.close();
  }
}

interface Work {
  request: BuildRequest;
  source: Source;
  month: Month;
  journal: Journal;
  faults: FaultCollector;
  leftOut: LeftOut[];
  scratch: string;
  out: string;
}

async function writeMonth(work: Work): Promise<Outcome> {
  const { request, month, journal, faults, leftOut, source } = work;
  const { config } = request;
  const identity = createIdentity(config.installation);
  const profile = loadProfile('enterprise-data', config.onec.format);
  const validator = createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1')));
  try {
    const stages = stageContracts(work, identity, profile, validator);
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
    if (faults.stopped()) {
      journal.rollback();
      return { period: month.period, packages: [] };
    }
    const written: WrittenPart[][] = [];
    const packages: BuiltPackage[] = [];
    for (const { code, format, kept, parts } of staged) {
      const id = packageId(config, source, month.period, code, kept);
      const seq = journal.sequenceOf(code, id);
      const head = manifestHead(work, format, id, seq);
      const done = request.dryRun ? [] : await packParts(parts, head, format, '', work.scratch, work.out);
      written.push(done);
      const documents = addTotals(parts.map((part) => part.documents));
      const total = Object.values(documents).reduce((sum, { count }) => sum + count, 0);
      journal.recordPackage(
        {
          organization: code,
          seq,
          packageId: id,
          period: month.period,
          mode: 'billing',
          parts: parts.length,
          documents: total,
        },
        toolVersion(),
      );
      packages.push({
        organization: head.organization,
        packageId: id,
        seq,
        period: month.period,
        format: head.format,
        documents,
        files: done.map(({ path }) => path),
        objects: sumObjects(parts.map((part) => part.objects)),
        losses: sumLosses(parts.map((part) => part.losses)),
      });
    }
    const taken = await occupied(written.flat());
    if (taken) faults.add(taken);
    if (taken || request.dryRun) journal.rollback();
    else {
      journal.commit();
      for (const parts of written) publishParts(parts, work.out);
    }
    return { period: month.period, packages: taken ? [] : packages };
  } catch (error) {
    journal.rollback();
    throw error;
  } finally {
    validator.dispose();
  }
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
  profile: Profile,
  validator: Validator,
): Map<string, OrganizationStage> {
  const { request, source, month, journal, faults, leftOut, scratch } = work;
  const { config } = request;
  const report = (found: Fault): void => faults.add(found);
  const context: AssemblyContext = {
    config,
    source,
    identity,
    report,
    period: month.period,
    known: journal.counterparties,
    services: createServices(month.services, month.chargeTitles, config, identity, source, report),
    namesakes: month.namesakes,
    doubles: month.doubles,
    counterparties: new Map(),
    numbers: createNumberRegister(),
    leaveOut: (document) => void leftOut.push(document),
  };
  const checkRecord = createRecordCheck();
  const stages = new Map<string, OrganizationStage>();
  const open = (code: string): OrganizationStage => {
    const organization = config.organizations.find((one) => one.code === code)!;
    const format = createMessageFormat(config, organization, month.period, identity, profile);
    const origins = originsHead(source, config, format);
    const stage = createStage({ folder: scratch, format, origins, validator, checkRecord, report });
    const opened = { stage, format, kept: [] };
    stages.set(code, opened);
    return opened;
  };
  let contracts = 0;
  let documents = 0;
  for (const rows of month.contracts()) {
    const result = assembleContract(rows, context);
    contracts++;
    if (result) {
      const { stage, kept } = stages.get(result.organization) ?? open(result.organization);
      stage.add(result);
      remember(result, identity, journal, kept);
      documents += result.documents.length;
    }
    if (contracts % 500 === 0) request.progress?.(contracts, documents);
  }
  request.progress?.(contracts, documents);
  return stages;
}

function remember(
  { contract, counterparty }: ContractResult,
  identity: Identity,
  journal: Journal,
  kept: string[],
): void {
  const { uuid, inn, kpp } = counterparty.record;
  journal.rememberCounterparty(contract.record.id, { uuid, inn: inn ?? '', kpp: kpp ?? '' });
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
