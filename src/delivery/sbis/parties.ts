import type { Counterparty, Organization } from '../../model/types.ts';
import { ChannelError, type Reach } from '../channel.ts';
import type { SbisClient } from './client.ts';
import { partyOf } from './documents.ts';
import { listed } from './states.ts';

/** A counterparty as a participant of electronic exchange. */
export interface Participant extends Omit<Reach, 'counterparty'> {
  /** Its id; absent where it takes no part. */
  id?: string | undefined;
}

/** Asks СБИС once for each party. */
export interface Parties {
  of(party: Counterparty | Organization): Promise<Participant>;
}

/** Operator prefix of СБИС itself: its own participants exchange without roaming. */
const OWN = '2BE';

interface Told {
  Идентификатор?: string | ToldId | ToldId[];
  СвЮЛ?: { ИНН?: string; КПП?: string };
  СвФЛ?: { ИНН?: string };
}

interface ToldId {
  ИдентификаторУчастника?: string;
  Оператор?: { Название?: string };
  Основной?: string;
  Роуминг?: string;
  СостояниеПодключения?: { Описание?: string };
}

export function createParties(client: SbisClient): Parties {
  const known = new Map<string, Promise<Participant>>();
  const ask = async (party: Counterparty | Organization): Promise<Participant> => {
    const params = { Участник: { ...partyOf(party), ДопПоля: 'СписокИдентификаторов' } };
    try {
      return participantOf((await client.call('СБИС.ИнформацияОКонтрагенте', params, 'read')) as Told, party);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.class !== 'rejected') throw error;
      return { how: 'unreachable', note: error.message };
    }
  };
  return {
    of(party) {
      const found = known.get(party.uuid) ?? ask(party);
      known.set(party.uuid, found);
      // What failed is asked again the next time.
      found.catch(() => known.delete(party.uuid));
      return found;
    },
  };
}

function participantOf(told: Told, { inn, kpp }: Counterparty | Organization): Participant {
  const theirs = told.СвЮЛ ?? told.СвФЛ ?? {};
  const { ИНН: toldInn = inn, КПП: toldKpp = kpp } = theirs as { ИНН?: string; КПП?: string };
  if (toldInn !== inn || (kpp !== undefined && toldKpp !== kpp))
    return { how: 'unreachable', note: `СБИС знает другого: ИНН ${toldInn}, КПП ${toldKpp ?? '—'}` };
  if (typeof told.Идентификатор === 'string') {
    const id = told.Идентификатор;
    return id === '' ? { how: 'invite' } : { id, how: id.startsWith(OWN) ? 'receives' : 'roaming' };
  }
  const ids = listed(told.Идентификатор).filter(({ ИдентификаторУчастника: id = '' }) => id !== '');
  const found =
    ids.find(({ Основной: main }) => main === 'Да') ??
    ids.find(({ ИдентификаторУчастника: id }) => id!.startsWith(OWN)) ??
    ids[0];
  if (!found) return { how: 'invite' };
  const id = found.ИдентификаторУчастника!;
  const about = { id, operator: found.Оператор?.Название, note: found.СостояниеПодключения?.Описание };
  if (id.startsWith(OWN)) return { ...about, how: 'receives' };
  return { ...about, how: found.Роуминг === 'Нет' ? 'invite' : 'roaming' };
}
