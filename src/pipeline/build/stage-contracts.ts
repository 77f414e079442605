import { createHash, type Hash } from 'node:crypto';
import type { Fault } from '../../faults/fault.ts';
import { createCommerceMl } from '../../formats/commerceml/message.ts';
import {
  createMessageFormat,
  expressedCorrections,
  type MessageFormat,
} from '../../formats/enterprise-data/message.ts';
import { counterpartyKey, type Identity } from '../../model/identity.ts';
import { createStage, type Stage, type StageOptions } from '../../package/stage.ts';
import { createNumberRegister } from '../../rules/numbers.ts';
import { checkRecord } from '../../rules/records.ts';
import type { BesideChecker } from '../../schema/check-beside.ts';
import type { AssemblyContext } from '../../sources/assembly/context.ts';
import { assembleContract } from '../../sources/assembly/contract.ts';
import { createAsideTally } from '../../sources/assembly/filter.ts';
import type { ContractRows } from '../../sources/assembly/month.ts';
import { createPartyBook } from '../../sources/assembly/party-book.ts';
import { assemblePersons } from '../../sources/assembly/persons.ts';
import { createServices } from '../../sources/assembly/services.ts';
import type { ContractResult } from '../../sources/assembly/sourced.ts';
import { createAcceptedGuard } from './accepted.ts';
import { rateRefusal } from './format-fit.ts';
import { givenNumbers } from './given-numbers.ts';
import type { Ledger } from './ledger.ts';
import { originsHead } from './origins.ts';
import type { Work } from './write-month.ts';

/** What is being written of one organisation's package. */
export interface OrganizationStage {
  stage: Stage;
  format: MessageFormat;
  /**
   * Decided by what the journal knows, so part of the package id: counterparties whose UUID is not the one of their
   * present ИНН and КПП, documents that 1C accepted already and that are held back, corrected or deleted.
   */
  kept: string[];
  /** Numbers of the documents, as far as they were written. */
  numbers: Hash;
}

/**
 * Contract by contract: assembles, leaves out what the version cannot hold, writes the entries of each organisation.
 * @returns what concerns the caller alone, and is not to stand in the package
 */
export async function stageContracts(
  work: Work,
  identity: Identity,
  checker: BesideChecker,
  stages: Map<string, OrganizationStage>,
): Promise<readonly Fault[]> {
  const { request, choice, source, month, journal, ledger, faults, leftOut, scratch } = work;
  const { profile } = choice;
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
    sharers: month.sharers,
    eldest: new Map(),
    doubles: month.doubles,
    counterparties: createPartyBook(),
    numbers: createNumberRegister(),
    refuses: rateRefusal(profile, config),
    aside: createAsideTally(),
    persons: new Map(),
    given: givenNumbers(journal, config, month.period, ledger.before, request.again !== undefined),
    leaveOut: (document) => void leftOut.push(document),
    charged: work.reconciler.charged,
  };
  const open = (code: string): OrganizationStage => {
    const organization = config.organizations.find((one) => one.code === code)!;
    const format = createMessageFormat(config, organization, month.period, identity, profile);
    const commerceMl = config.onec.commerceml
      ? createCommerceMl(format.organization, month.period)
      : undefined;
    const origins = originsHead(source, config, format);
    const stage = createStage({
      documentsPerPart: request.documentsPerPart,
      folder: scratch,
      format,
      commerceMl,
      origins,
      checker,
      checkRecord,
      keep: keeper(code, ledger, request),
      report,
    });
    const opened = { stage, format, kept: [], numbers: createHash('sha256') };
    stages.set(code, opened);
    return opened;
  };
  let contracts = 0;
  let documents = 0;
  const guard = createAcceptedGuard({
    ...{ config, journal, ledger, request, identity, report, leftOut },
    period: month.period,
    expresses: expressedCorrections(profile),
    version: profile.version,
  });
  const marks = new Map<string, string[]>();
  const marksOf = (code: string): string[] => {
    const known = marks.get(code) ?? [];
    marks.set(code, known);
    return known;
  };
  const take = async (assembled: ContractResult | undefined, rows?: ContractRows): Promise<void> => {
    const result = assembled && guard.admit(assembled, marksOf(assembled.organization));
    work.reconciler.done(rows, assembled, result);
    if (!result || result.documents.length === 0) return;
    const { stage, kept, numbers } = stages.get(result.organization) ?? open(result.organization);
    await stage.add(result);
    remember(result, identity, ledger, kept);
    for (const { record } of result.documents) numbers.update(`${record.key} ${record.number}\n`);
    documents += result.documents.length;
  };
  for (const document of month.unread) leftOut.push(document);
  for (const rows of month.contracts()) {
    await take(assembleContract(rows, context), rows);
    contracts++;
    if (contracts % 500 === 0) request.progress?.(contracts, documents);
  }
  for (const persons of assemblePersons(context.persons, context)) await take(persons);
  faults.add(context.aside.faults());
  request.progress?.(contracts, documents);
  for (const { code } of config.organizations) {
    const removed = guard.vanished(code, marksOf(code));
    if (removed.length > 0) (stages.get(code) ?? open(code)).stage.remove(removed);
    stages.get(code)?.kept.push(...marksOf(code));
  }
  // Numbers of the billing stand in the source, whose fingerprint is part of the package id already.
  if (config.numbering.by !== 'billing' || config.persons.mode === 'aggregate')
    for (const { kept, numbers } of stages.values()) kept.push(numbers.digest('hex'));
  return guard.finish();
}

/** Records go to the journal, and to whoever looks on. */
function keeper(code: string, ledger: Ledger, { observe }: Work['request']): StageOptions['keep'] {
  const keep = ledger.keep(code);
  if (!observe) return keep;
  return (part, record, text, rows) => {
    keep?.(part, record, text, rows);
    observe(code, record);
  };
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
