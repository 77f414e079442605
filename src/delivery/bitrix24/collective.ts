import type { Config } from '../../config/types.ts';
import type { Records } from '../../journal/journal.ts';
import { createIdentity } from '../../model/identity.ts';
import type { OnecCard } from '../../model/onec-card.ts';
import { tidy } from '../../support/text.ts';

/**
 * Cards of 1C without the one that stands for all persons («Физические лица», `persons.counterparty`): nobody is behind
 * it, so that it is neither a company nor a contact of the CRM. It is known by our UUID, by the UUID of 1C that receipts
 * gave for it, and, as 1C itself knows it, by its name where it has no ИНН.
 */
export function withoutCollective(
  cards: readonly OnecCard[],
  { installation, persons, onec }: Pick<Config, 'installation' | 'persons' | 'onec'>,
  { receipts }: { receipts: Pick<Records['receipts'], 'newest' | 'refs'> },
): OnecCard[] {
  const uuid = createIdentity(installation).counterparty('persons');
  const infobase = onec.infobase?.id;
  const pairs = infobase === undefined ? [] : receipts.refs(infobase, receipts.newest(), [uuid]);
  const refs = new Set([uuid, ...pairs.map(({ ref1c }) => ref1c.toLowerCase())]);
  const name = tidy(persons.counterparty.name);
  return cards.filter(
    (card) => !refs.has(card.ref1c.toLowerCase()) && ((card.inn ?? '') !== '' || tidy(card.name) !== name),
  );
}
