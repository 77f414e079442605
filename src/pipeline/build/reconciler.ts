import type { Config } from '../../config/types.ts';
import type { Known } from '../../journal/accepted.ts';
import type { ContractTotal } from '../../journal/contract-totals.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Identity } from '../../model/identity.ts';
import type { Kopecks } from '../../model/money.ts';
import { type ReconciledContract, type Reconciliation, reconcile } from '../../model/reconciliation.ts';
import { type AssemblyContext, organizationOf } from '../../sources/assembly/context.ts';
import type { ContractRows } from '../../sources/assembly/month.ts';
import type { ContractResult } from '../../sources/assembly/sourced.ts';
import { cellIndex } from '../../sources/tables.ts';
import { createSpool, type Spool } from '../../support/spool.ts';

/** Gathers what each contract was charged and what became of it, as contracts come. */
export interface Reconciler {
  /** Told by the assembly of the contract at hand. */
  charged: AssemblyContext['charged'];
  /**
   * The contract at hand is done.
   * @param made its documents as they were formed
   * @param packaged those that go into the package
   */
  done(rows: ContractRows | undefined, made?: ContractResult, packaged?: ContractResult): void;
  /** Of an organisation, as they came; can be read once. */
  totals(organization: string): Iterable<ContractTotal>;
  /** Gives back memory and disk. */
  remove(): void;
}

/** Sums held in memory before they lie on disk. */
const TOTALS_BYTES = 1024 * 1024;

const FIRM = cellIndex('contracts', 'firm_id');

/** @param folder where the sums of a large month go */
export function createReconciler(config: Config, identity: Identity, folder: () => string): Reconciler {
  const all = new Map<string, Spool<ContractTotal>>();
  let count = 0;
  let charge: { contract: string; accrued: Kopecks | undefined; documents: Kopecks } | undefined;
  const put = (organization: string, total: ContractTotal): void => {
    let totals = all.get(organization);
    if (!totals) {
      totals = createSpool({ folder, memoryBytes: TOTALS_BYTES, encode: JSON.stringify, decode: JSON.parse });
      all.set(organization, totals);
    }
    totals.add(count++, total);
  };
  return {
    charged(contract, accrued, documents) {
      charge = { contract, accrued, documents };
    },
    done(rows, made, packaged) {
      const told = charge;
      charge = undefined;
      const contract = made?.contract.record;
      if (!told && !contract) return;
      put(made?.organization ?? organizationOfRows(config, rows), {
        contract: contract?.uuid ?? identity.contract(String(rows!.id)),
        number: contract?.number ?? told!.contract,
        accrued: told?.accrued ?? null,
        documents: told?.documents ?? soldBy(made),
        packaged: soldBy(packaged),
      });
    },
    *totals(organization) {
      for (const { items } of all.get(organization)?.groups() ?? []) yield* items;
    },
    remove() {
      for (const totals of all.values()) totals.remove();
    },
  };
}

/** A contract without documents belongs to the organisation of its firm; where that is not told, to the first. */
function organizationOfRows(config: Config, rows: ContractRows | undefined): string {
  const firm = rows?.contracts.find(({ cells }) => Number(cells[0]) === rows.id)?.cells[FIRM];
  return (organizationOf(config, firm || '0') ?? config.organizations[0]!).code;
}

function soldBy(result: ContractResult | undefined): Kopecks {
  let sum = 0;
  for (const { record } of result?.documents ?? [])
    if (record.record === 'act' || record.record === 'upd') sum += record.sum;
  return sum;
}

/** With the books beside: what the base holds of the month, also of contracts that the export has no more. */
export function withBooks(
  journal: Journal,
  config: Config,
  { organization, period }: { organization: string; period: string },
  known: Omit<Known, 'infobase'>,
  totals: Iterable<ContractTotal>,
): Reconciliation {
  const booked = bookedSums(journal, config, organization, period, known);
  return reconcile(bookedRows(journal, totals, booked));
}

function* bookedRows(
  journal: Journal,
  totals: Iterable<ContractTotal>,
  booked: Map<string, Kopecks> | undefined,
): Iterable<ReconciledContract> {
  for (const total of totals) {
    const sum = booked ? (booked.get(total.contract) ?? 0) : null;
    booked?.delete(total.contract);
    yield { ...sumsOf(total), contract: total.number, booked: sum };
  }
  for (const [contract, sum] of booked ?? []) {
    const name = journal.records.contractTotals.numberOf(contract) ?? contract;
    yield { contract: name, accrued: null, documents: 0, packaged: 0, booked: sum };
  }
}

function sumsOf({ accrued, documents, packaged }: ContractTotal) {
  return { accrued, documents, packaged };
}

/** Acts and УПД in the books by contract (UUID); undefined: no receipt has told of the month. */
function bookedSums(
  { records }: Journal,
  { onec: { infobase } }: Config,
  organization: string,
  period: string,
  known: Omit<Known, 'infobase'>,
): Map<string, Kopecks> | undefined {
  if (!infobase) return undefined;
  const sums = new Map<string, Kopecks>();
  let told = false;
  for (const { sent, books } of records.accepted.inPeriod(
    { ...known, infobase: infobase.id },
    organization,
    period,
  )) {
    told = true;
    if (sent.kind === 'act' || sent.kind === 'upd')
      sums.set(sent.contract, (sums.get(sent.contract) ?? 0) + (books.sum ?? sent.sum));
  }
  return told ? sums : undefined;
}

/** What is known of a month itself: its sums may still change until it is closed in the billing. */
export type PeriodState = 'closed' | 'open' | 'over';

/** @param today ISO day */
export function periodState({ records }: Journal, period: string, today: string): PeriodState {
  if (records.closings.find(period)) return 'closed';
  return today.slice(0, 7) > period ? 'over' : 'open';
}
