import type { CanonicalRecord, Contract, Counterparty } from '../../../../src/model/types.ts';
import { recorded } from '../package-files.ts';
import { ends, isDocument, type ObjectEnd } from '../scenario.ts';
import type { World } from '../world.ts';

/** Buyers of the usual month, and what is theirs. */

export const BUYER = 'Справочник.Контрагенты';
export const SHIFA = 'ООО «Аптека Шифа»';
export const HEAD = 'ООО «Сабантуй-Трейд»';
export const YUSUPOVA = 'ИП Юсупова Р. А.';
export const FIRST = 'Иванова Мария Петровна (л/с 100710)';
export const SECOND = 'Иванова Мария Петровна (л/с 100711)';

export function buyer(world: World, name: string): Counterparty {
  return world.find<Counterparty>('counterparty', name);
}

export function contractOf(world: World, { uuid }: Counterparty): Contract {
  return world.records.find((one) => one.record === 'contract' && one.counterparty === uuid) as Contract;
}

/** Documents of a buyer. */
export function documentsOf(world: World, { uuid }: Counterparty): CanonicalRecord[] {
  return world.records.filter((one) => isDocument(one) && one.counterparty === uuid);
}

/** The package brings an edit of the buyer's name that the accountant approved. */
export function renameInPackage(world: World, { uuid, name }: Counterparty, after: string): void {
  const edit = recorded((records) => {
    const card = records.find((one) => one.uuid === uuid)!;
    Object.assign(card, { changes: [{ field: 'name', before: name, after }] });
  });
  world.revise(world.month.files[0]!, edit);
}

/** Nothing of this buyer is loaded: neither contract nor documents. */
export function leftOut(world: World, of: Counterparty, message?: RegExp): ObjectEnd[] {
  return [
    ...ends([contractOf(world, of)], { state: 'skipped' }),
    ...ends(documentsOf(world, of), { state: 'skipped', ...(message && { message }) }),
    ...lonelyServices(world, [of]),
  ];
}

/** Services that only documents of these buyers use. */
export function lonelyServices(world: World, buyers: readonly Counterparty[]): ObjectEnd[] {
  const left = new Set(buyers.map(({ uuid }) => uuid));
  const used = new Set(
    world.records.flatMap((one) =>
      isDocument(one) && !left.has(one.counterparty) ? one.lines.map(({ service }) => service) : [],
    ),
  );
  const lonely = world.records.filter((one) => one.record === 'service' && !used.has(one.uuid));
  return ends(lonely, { state: 'skipped' });
}
