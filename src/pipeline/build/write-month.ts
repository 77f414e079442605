import { realDisk } from '../../exchange/disk.ts';
import type { FaultCollector } from '../../faults/collector.ts';
import { fault } from '../../faults/fault.ts';
import { moscowMoment } from '../../formats/upd/source.ts';
import type { ContractTotal } from '../../journal/contract-totals.ts';
import type { Journal } from '../../journal/journal.ts';
import { createIdentity } from '../../model/identity.ts';
import { type Period, periodName } from '../../model/period.ts';
import { addTotals } from '../../package/manifest.ts';
import type { PreviewFindings } from '../../package/preview.ts';
import { discardParts, occupied, packParts, type WrittenPart } from '../../package/write.ts';
import { createBesideChecker } from '../../schema/check-beside.ts';
import { loadProfile } from '../../schema/load.ts';
import { messageXsd } from '../../schema/xsd.ts';
import type { Month } from '../../sources/assembly/month.ts';
import type { LeftOut } from '../../sources/assembly/sourced.ts';
import type { Source } from '../../sources/source.ts';
import { type FormatChoice, organizationFault } from './format-choice.ts';
import { lossFaults, profileFingerprint } from './format-fit.ts';
import { type Basis, type Ledger, refsText } from './ledger.ts';
import { manifestHead, packageId, sumLosses, sumObjects } from './manifest-head.ts';
import { giveOutAgain, publishPackage } from './publish.ts';
import { periodState, type Reconciler, withBooks } from './reconciler.ts';
import type { BuildRequest, BuiltPackage } from './request.ts';
import { type OrganizationStage, stageContracts } from './stage-contracts.ts';

/** What a build comes to. */
export interface Outcome {
  packages: BuiltPackage[];
  period?: Period;
}

/** Everything that the writing of a month's packages works with. */
export interface Work {
  request: BuildRequest;
  choice: FormatChoice;
  source: Source;
  month: Month;
  /** Of the snapshot of the source. */
  address: string | undefined;
  journal: Journal;
  ledger: Ledger;
  faults: FaultCollector;
  leftOut: LeftOut[];
  reconciler: Reconciler;
  scratch: string;
  out: string;
}

/**
 * Packages of a month, one an organisation: staged, packed under temporary names, put down in the journal, published.
 * Nothing stays behind where a fault stops it.
 */
export async function writeMonth(work: Work): Promise<Outcome> {
  const { request, choice, month, journal, ledger, faults, leftOut, source } = work;
  const { profile, passport } = choice;
  const { config, disk = realDisk } = request;
  const written: WrittenPart[] = [];
  const identity = createIdentity(config.installation);
  const checker = createBesideChecker(messageXsd(profile, loadProfile('exchange-message', '3.1')));
  const stages = new Map<string, OrganizationStage>();
  try {
    const aside = await stageContracts(work, identity, checker, stages);
    const staged = [];
    for (const [code, { stage, format, kept }] of stages)
      staged.push({ code, format, kept, parts: await stage.finish() });
    // Its memory goes to whoever packs.
    checker.dispose();
    if (staged.length === 0) {
      const made =
        config.documents.mode === 'accrual'
          ? 'по наработке и разовым начислениям документов нет'
          : `в выгрузке документов: ${month.documents}`;
      const found = `${made}, не передано: ${leftOut.length}`;
      faults.add(fault('BG1C-DOCUMENTS-NONE', { period: periodName(month.period), found }));
    }
    for (const { format } of staged) faults.add(organizationFault(passport, format.organization) ?? []);
    if (request.failOnLoss)
      for (const { parts } of staged)
        faults.add(lossFaults(profile.version, sumLosses(parts.map((part) => part.losses))));
    if (faults.stopped()) return { period: month.period, packages: [] };
    const packages: BuiltPackage[] = [];
    for (const { code, format, kept, parts } of staged) {
      const fingerprints = [...kept, ...profileFingerprint(config, profile)];
      const basis = ledger.basis(code, packageId(config, source, month.period, code, fingerprints));
      if (!basis) continue;
      const head = manifestHead(work, format, basis.packageId, basis.seq);
      const totals = toldTotals(work, code);
      const known = { receipts: basis.refsBefore, packages: basis.id || Number.MAX_SAFE_INTEGER };
      const which = { organization: code, period: month.period };
      const reconciliation = withBooks(journal, config, which, known, totals);
      const findings: PreviewFindings = { faults: faults.list(), reconciliation };
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
        reconciliation,
        periodState: periodState(journal, month.period, moscowMoment(request.clock()).date),
      });
    }
    faults.add(aside);
    if (request.dryRun || request.again) return { period: month.period, packages };
    const taken = await occupied(written);
    if (taken) {
      faults.add(taken);
      discardParts(written);
      return { period: month.period, packages: [] };
    }
    for (const { packageId, waiting } of packages) giveOutAgain(journal, disk, packageId, waiting);
    journal.commit();
    for (const { packageId } of packages) publishPackage(journal, disk, packageId);
    return { period: month.period, packages };
  } catch (error) {
    // After the commit the files belong to the journal: the next start publishes them.
    if (request.again || journal.rollback()) discardParts(written);
    throw error;
  } finally {
    for (const { stage } of stages.values()) stage.abandon();
    checker.dispose();
  }
}

/** The sums of an organisation's contracts, on their way past the journal. */
function* toldTotals({ reconciler, ledger }: Work, organization: string): Iterable<ContractTotal> {
  for (const total of reconciler.totals(organization)) {
    ledger.total(organization, total);
    yield total;
  }
}

/** Files of a known package that need not be packed again: they wait to be published, or were and are not asked for. */
function givenFiles({ staged, published }: Basis, reissue: boolean): string[] | undefined {
  return staged ?? (reissue ? undefined : published);
}
