import type { Counterparty } from '../../model/types.ts';
import { createTextMap } from '../../support/text-map.ts';
import type { Sourced } from './sourced.ts';

/** Counterparties met so far that another contract may meet. */
export interface PartyBook {
  /** By its UUID, or else by ИНН and КПП. */
  find(counterparty: Counterparty): Sourced<Counterparty> | undefined;
  keep(found: Sourced<Counterparty>): void;
}

export function createPartyBook(): PartyBook {
  const byUuid = createTextMap();
  const uuids = createTextMap();
  return {
    find({ uuid, inn, kpp }) {
      const other = inn && uuids.get(keyOf(inn, kpp));
      const text = byUuid.get(uuid) ?? (other && byUuid.get(other));
      return text ? (JSON.parse(text) as Sourced<Counterparty>) : undefined;
    },
    keep(found) {
      const { uuid, inn, kpp } = found.record;
      byUuid.set(uuid, JSON.stringify(found));
      if (inn) uuids.set(keyOf(inn, kpp), uuid);
    },
  };
}

function keyOf(inn: string, kpp = ''): string {
  return `${inn}/${kpp}`;
}
