import { fault } from '../../faults/fault.ts';
import { tidy } from '../../support/text.ts';
import type { Source, SourceRow } from '../source.ts';
import { cellReader } from './cells.ts';
import type { Put, Say } from './month-tables.ts';

/** Readers of contracts and their clients, as in `month-tables.ts`. */

/** `contract.mode` of BGBilling: debit. */
const PREPAID = '1';

/** What is known of the contracts once their table is read. */
export interface ContractIndex {
  /** cid of the contract that a dependent sub-contract rolls up to, over all levels. */
  roots: Map<number, number>;
  contracts: Set<number>;
  /** Contracts that pay in advance. */
  prepaid: Set<number>;
  /** Sub-contracts that depend on each other in a circle: they roll up to nothing. */
  circles: Set<number>;
}

/**
 * Dependent sub-contracts (scid > 0, sub_mode 0) belong to their super contract (design §4). Their rows wait until the
 * whole table is read: a super contract may depend on another one.
 */
export async function readContracts(
  source: Source,
  { roots, contracts, prepaid, circles }: ContractIndex,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'contracts', say);
  const dependent: [number, SourceRow][] = [];
  for await (const batch of source.read('contracts', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const superId = cells.integer('scid');
      const mode = cells.integer('sub_mode');
      if (cid === undefined || cells.failed()) continue;
      contracts.add(Number(cid));
      if (cells.raw('mode') === PREPAID) prepaid.add(Number(cid));
      if (superId !== undefined && superId > 0 && (mode ?? 0) === 0) {
        roots.set(Number(cid), superId);
        dependent.push([Number(cid), row]);
      } else put(Number(cid), row);
    }
  for (const cid of roots.keys()) {
    const chain = new Set([cid]);
    let root = roots.get(cid)!;
    while (roots.has(root) && !chain.has(root)) {
      chain.add(root);
      root = roots.get(root)!;
    }
    if (chain.has(root)) for (const one of chain) circles.add(one);
    else for (const one of chain) roots.set(one, root);
  }
  for (const cid of circles) roots.delete(cid);
  for (const [cid, row] of dependent) {
    if (circles.has(cid)) {
      const cells = read(row);
      const values = { contract: cells.text('contract_title'), cid, scid: cells.raw('scid') };
      say(fault('BG1C-SUPER-CIRCLE', values, cells.where('scid')));
    }
    put(cid, row);
  }
}

interface ClientRows {
  /** Names without КПП that more than one counterparty bears: 1C would merge them (decisions 4). */
  namesakes: Set<string>;
  /** ИНН of more than one row, as numbers: a spreadsheet may have eaten zeros. */
  sharedInns: Set<number>;
  /** cids of the contracts that share ИНН and КПП, by `partyKey`; those that share them with nobody are not there. */
  sharers: Map<string, number[]>;
}

/** ИНН and КПП as they compare, also where a spreadsheet has eaten zeros. */
export function partyKey(inn: string, kpp: string): string {
  return `${Number(inn)}/${kpp.toUpperCase().replace(/^0+/, '')}`;
}

export async function readClients(
  source: Source,
  roots: ReadonlyMap<number, number>,
  put: Put,
  say: Say,
): Promise<ClientRows> {
  const read = cellReader(source, 'clients', say);
  const owners = new Map<string, string>();
  const namesakes = new Set<string>();
  const inns: number[] = [];
  const cids: number[] = [];
  const kpps: string[] = [];
  for await (const batch of source.read('clients', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      if (cid === undefined) continue;
      put(Number(cid), row);
      if (cells.raw('inn') !== '') {
        inns.push(Number(cells.raw('inn')));
        cids.push(roots.has(Number(cid)) ? 0 : Number(cid));
        kpps.push(cells.raw('kpp'));
      }
      const inn = cells.raw('inn');
      // Traders and persons have no КПП, whatever the card says.
      const single = inn.length > 10 || (inn === '' && cells.raw('fc') === '0');
      if ((cells.raw('kpp') !== '' && !single) || roots.has(Number(cid))) continue;
      const name = apart(tidy(cells.raw('name_short') || cells.raw('name_full')));
      const owner = cells.raw('inn') || `cid:${cid}`;
      const first = owners.get(name);
      if (first === undefined) owners.set(name, owner);
      else if (first !== owner && name !== '') namesakes.add(name);
    }
  const sharedInns = repeated(inns);
  const sharers = new Map<string, number[]>();
  for (const [at, inn] of inns.entries()) {
    // Of a dependent sub-contract nobody asks.
    if (!sharedInns.has(inn) || cids[at] === 0) continue;
    const key = partyKey(String(inn), kpps[at]!);
    const known = sharers.get(key);
    if (known) known.push(cids[at]!);
    else sharers.set(key, [cids[at]!]);
  }
  return { namesakes, sharedInns, sharers };
}

/** A short piece of a text keeps the whole text in memory: what is kept for long is copied. */
function apart(text: string): string {
  return ` ${text}`.slice(1);
}

function repeated(values: readonly number[]): Set<number> {
  const sorted = Float64Array.from(values).sort();
  return new Set(sorted.filter((value, index) => value === sorted[index - 1]));
}
