import { fault } from '../../faults/fault.ts';
import { counterpartyKey } from '../../model/identity.ts';
import type { Cells } from './cells.ts';
import type { AssemblyContext, KnownCounterparty } from './context.ts';
import { partyKey } from './month-parties.ts';

/**
 * The UUID first given to a contract's counterparty stays, whatever its requisites become (design §4 Identity). Where
 * several come to share ИНН and КПП, the eldest stays (decisions 4), also that of a contract that is still to come. A seed
 * that another counterparty of the journal already bears is not used twice.
 */
export function counterpartyUuid(
  contract: { id: string; number: string },
  inn: string | undefined,
  kpp: string | undefined,
  client: Cells<'clients'>,
  context: AssemblyContext,
): string {
  const { known, identity, report } = context;
  const mine = known.byContract(contract.id);
  const now = { inn: inn ?? '', kpp: kpp ?? '' };
  const eldest = inn === undefined ? mine : eldestOf(now, mine, context);
  if (mine && (mine.inn !== now.inn || mine.kpp !== now.kpp)) {
    const before = { oldInn: mine.inn || 'нет', oldKpp: mine.kpp || 'нет' };
    const after = { inn: now.inn || 'нет', kpp: now.kpp || 'нет' };
    report(
      fault(
        'BG1C-COUNTERPARTY-CHANGED',
        { contract: contract.number, ...before, ...after },
        client.where('inn'),
      ),
    );
  }
  if (eldest) return eldest.uuid;
  const seed = identity.counterparty(counterpartyKey(inn, kpp, contract.id));
  const holder = known.byUuid(seed);
  return holder && (holder.inn !== now.inn || holder.kpp !== now.kpp)
    ? identity.counterparty(`cid:${contract.id}`)
    : seed;
}

/** The eldest counterparty of the journal with this ИНН and КПП: then, or now in this export. */
function eldestOf(
  { inn, kpp }: { inn: string; kpp: string },
  mine: KnownCounterparty | undefined,
  { known, sharers, eldest }: AssemblyContext,
): KnownCounterparty | undefined {
  const key = partyKey(inn, kpp);
  const family = sharers.get(key);
  if (!family) return older(mine, known.byKey(inn, kpp));
  if (!eldest.has(key))
    eldest.set(key, family.map((cid) => known.byContract(String(cid))).reduce(older, known.byKey(inn, kpp)));
  return older(mine, eldest.get(key));
}

function older(
  one: KnownCounterparty | undefined,
  other: KnownCounterparty | undefined,
): KnownCounterparty | undefined {
  return one && other ? (other.age < one.age ? other : one) : (one ?? other);
}
