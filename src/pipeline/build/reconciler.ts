import type { Config } from '../../config/types.ts';
import type { Known } from '../../journal/accepted.ts';
import type { ContractTotal } from '../../journal/contract-totals.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Identity } from '../../model/identity.ts';
import type { Kopecks } from '../../model/money.ts';
import { type Reconciliation, reconcile } from '../../model/reconciliation.ts';
import { type AssemblyContext, organizationOf } from '../../sources/assembly/context.ts';
import type { ContractRows } from '../../sources/assembly/month.ts';
import type { ContractResult } from '../../sources/assembly/sourced.ts';
import { cellIndex } from '../../sources/tables.ts';

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
  /** By organisation. */
  totals(organization: string): readonly ContractTotal[];
}

const FIRM = cellIndex('contracts', 'firm_id');

export function createReconciler(config: Config, identity: Identity): Reconciler {
  const all = new Map<string, ContractTotal[]>();
  let charge: { contract: string; accrued: Kopecks | undefined; documents: Kopecks } | undefined;
  const put = (organization: string, total: ContractTotal): void => {
    const known = all.get(organization);
    if (known) known.push(total);
    else all.set(organization, [total]);
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
    totals: (organization) => all.get(organization) ?? [],
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
  totals: readonly ContractTotal[],
): Reconciliation {
  const booked = bookedSums(journal, config, organization, period, known);
  if (!booked)
    return reconcile(totals.map((total) => ({ ...sumsOf(total), contract: total.number, booked: null })));
  const rows = totals.map((total) => {
    const sum = booked.get(total.contract) ?? 0;
    booked.delete(total.contract);
    return { ...sumsOf(total), contract: total.number, booked: sum };
  });
  for (const [contract, sum] of booked) {
    const name = journal.records.contractTotals.numberOf(contract) ?? contract;
    rows.push({ contract: name, accrued: null, documents: 0, packaged: 0, booked: sum });
  }
  return reconcile(rows);
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
  const held = records.accepted.inPeriod({ ...known, infobase: infobase.id }, organization, period);
  if (held.length === 0) return undefined;
  const sums = new Map<string, Kopecks>();
  for (const { sent, books } of held)
    if (sent.kind === 'act' || sent.kind === 'upd')
      sums.set(sent.contract, (sums.get(sent.contract) ?? 0) + (books.sum ?? sent.sum));
  return sums;
}

/** What is known of a month itself: its sums may still change until it is closed in the billing. */
export type PeriodState = 'closed' | 'open' | 'over';

/** @param today ISO day */
export function periodState({ records }: Journal, period: string, today: string): PeriodState {
  if (records.closings.find(period)) return 'closed';
  return today.slice(0, 7) > period ? 'over' : 'open';
}
