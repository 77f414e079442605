import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { createCollector } from '../../faults/collector.ts';
import type { Fault } from '../../faults/fault.ts';
import { createMessageFormat } from '../../formats/enterprise-data/message.ts';
import { cardsPage } from '../../formats/preview/cards.ts';
import type { Journal } from '../../journal/journal.ts';
import { createIdentity } from '../../model/identity.ts';
import type { Period } from '../../model/period.ts';
import type { Counterparty } from '../../model/types.ts';
import { stageCards } from '../../package/cards.ts';
import { discardParts, occupied, packParts } from '../../package/write.ts';
import { checkRecord } from '../../rules/records.ts';
import { createBesideChecker } from '../../schema/check-beside.ts';
import { loadProfile } from '../../schema/load.ts';
import { messageXsd } from '../../schema/xsd.ts';
import type { Clock } from '../../support/clock.ts';
import { ensureFolder, scratchFolder } from '../../support/files.ts';
import { sha256, uuidV5 } from '../../support/ids.ts';
import { toolVersion } from '../../support/version.ts';
import { chooseFormat, organizationFault } from '../build/format-choice.ts';
import { stagedFile } from '../build/ledger.ts';
import { scratchName } from '../build/leftovers.ts';
import { formatOf } from '../build/manifest-head.ts';
import { publishPackage, removeUncommitted } from '../build/publish.ts';

/** A counterparty for 1C, and the card that it is there. */
export interface CardToSend {
  record: Counterparty;
  ref1c?: string | undefined;
}

export interface CardPackage {
  packageId: string;
  file: string;
}

/**
 * Makes and publishes a package of counterparties alone. To be called while the journal is begun; commits.
 * @param before what belongs to the same fact: it is put down together with the package
 */
export async function publishCards(
  cards: readonly CardToSend[],
  { config, journal, disk, clock }: { config: Config; journal: Journal; disk: Disk; clock: Clock },
  before: (packageId: string) => void,
): Promise<{ made?: CardPackage; faults: Fault[] }> {
  const faults = createCollector();
  const { choice, fault: unfit } = chooseFormat(config, journal, disk);
  if (!choice) return { faults: [unfit!] };
  const { profile, passport } = choice;
  const organization = config.organizations[0]!;
  const absent = organizationFault(passport, organization);
  if (absent) return { faults: [absent] };
  for (const { record } of cards) faults.add(checkRecord(record) ?? []);
  if (faults.stopped()) return { faults: faults.list() };
  const folder = join(config.exchange.dir, 'outbox');
  ensureFolder(folder);
  removeUncommitted(journal, disk, folder);
  const scratch = scratchFolder(folder, scratchName());
  const checker = createBesideChecker(messageXsd(profile, loadProfile('exchange-message', '3.1')));
  const { packages, documents } = journal.records;
  const period = clock().toISOString().slice(0, 7) as Period;
  try {
    const identity = createIdentity(config.installation);
    const format = createMessageFormat(config, organization, period, identity, profile);
    const draft = packages.draft();
    const part = await stageCards(
      cards.map(({ record }) => record),
      {
        folder: scratch.path,
        format,
        checker,
        keep: (record) => documents.record(draft, 1, record),
        report: (found) => faults.add(found),
      },
    );
    if (faults.stopped()) return { faults: faults.list() };
    const packageId = idOf(cards, config, period, profile.version);
    const seq = packages.sequenceOf(organization.code, packageId);
    const head = headOf(choice.config, format.organization, packageId, seq, period, profile.version);
    const refs = cards.flatMap(({ record: { uuid }, ref1c }) =>
      ref1c === undefined || ref1c === uuid ? [] : `${JSON.stringify({ uuid, ref1c })}\n`,
    );
    const refsOf = (): string => refs.join('');
    const records = cards.map(({ record }) => record);
    const page = cardsPage({ organization: head.organization, packageId, seq, cards: records });
    const findings = { faults: [] };
    const written = await packParts([part], { head, format, refsOf, findings, folder, page });
    const taken = await occupied(written);
    if (taken) {
      discardParts(written);
      return { faults: [taken] };
    }
    const row = {
      organization: organization.code,
      seq,
      packageId,
      period,
      mode: head.mode,
      parts: 1,
      documents: 0,
    };
    const id = packages.record(row, toolVersion(), { draft, origin: undefined });
    for (const one of written) packages.recordPart(id, stagedFile(one));
    before(packageId);
    journal.commit();
    publishPackage(journal, disk, packageId);
    return { made: { packageId, file: written[0]!.path }, faults: faults.list() };
  } finally {
    checker.dispose();
    scratch.remove();
  }
}

/** The same cards approved in the same month are the same package. */
/** @param version of the format: the same cards in another are another package */
function idOf(
  cards: readonly CardToSend[],
  { installation }: Config,
  period: Period,
  version: string,
): string {
  const records = cards.map(({ record }) => record);
  const content = JSON.stringify([installation, period, toolVersion(), version, records]);
  return uuidV5(`package:cards:${sha256(content)}`);
}

function headOf(
  config: Config,
  { code, uuid, name, inn, kpp }: { code: string; uuid: string; name: string; inn: string; kpp?: string },
  packageId: string,
  seq: number,
  period: Period,
  version: string,
) {
  return {
    manifestVersion: 1 as const,
    packageId,
    installation: config.installation,
    organization: { code, uuid, name, inn, ...(kpp && { kpp }) },
    period,
    mode: config.documents.mode,
    seq,
    format: formatOf(config, version),
    post: config.onec.post,
    tool: { name: 'bgbilling-1c' as const, version: toolVersion() },
    source: { kind: 'bitrix24', files: [] },
    faults: [],
    leftOut: { count: 0, documents: [] },
  };
}
