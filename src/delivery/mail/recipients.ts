import type { MailConfig } from '../../config/mail.ts';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Records } from '../../journal/journal.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import { isEmail } from '../../model/email.ts';
import type { Counterparty } from '../../model/types.ts';

/** Channels of electronic exchange. */
const EDO: readonly string[] = ['sbis', 'edo-folder'];
const NOT_TAKEN: readonly (string | null)[] = ['rejected', 'annulled', 'failed'];

/** Whether a document goes by letter at all. */
export function isMailed(
  { document, counterparty }: DocumentSource,
  { channels: { mail }, consent }: Config,
  records: Records | undefined,
): boolean {
  if (!mail?.documents.includes(document.record) || counterparty.collective) return false;
  if (counterparty.kind === 'person' && !consent.mail) return false;
  if (mail.optOut.some((who) => who === counterparty.inn || who === document.account)) return false;
  return mail.edo === 'copy' || !wentByEdo(document.uuid, records);
}

function wentByEdo(uuid: string, records: Records | undefined): boolean {
  const deliveries = records?.deliveries.ofDocuments([uuid]) ?? [];
  return deliveries.some(
    ({ channel, status, outcome, remoteState }) =>
      EDO.includes(channel) && status === 'done' && outcome === 'ok' && !NOT_TAKEN.includes(remoteState),
  );
}

/**
 * Addresses that a letter goes to: those of the settings, else of the address book (1C, CRM), else of the billing;
 * without the ones that are none, want no letters, or from which letters come back.
 */
export function recipientsOf(
  mail: MailConfig,
  counterparty: Counterparty,
  accounts: readonly string[],
  records: Records | undefined,
): { addresses: string[]; faults: Fault[] } {
  const name = nameOf(counterparty);
  const known = knownAddresses(mail, counterparty, accounts, records);
  const faults = known
    .filter((address) => !isEmail(address))
    .map((address) => fault('BG1C-MAIL-ADDRESS', { counterparty: name, address }));
  const wanted = known.filter(
    (address) => isEmail(address) && !mail.optOut.some((one) => same(one, address)),
  );
  const good = wanted.filter((address) => !records?.letters.isBad(address));
  if (good.length === 0)
    faults.push(
      wanted.length > 0
        ? fault('BG1C-MAIL-RETURNED', { counterparty: name, addresses: wanted.join(', ') })
        : fault('BG1C-MAIL-NO-ADDRESS', {}, { path: name }),
    );
  return { addresses: mail.to === 'first' ? good.slice(0, 1) : good, faults };
}

/** «ООО «Тулпар», ИНН 0299000050» */
export function nameOf({ name, inn }: Counterparty): string {
  return inn === undefined ? name : `${name}, ИНН ${inn}`;
}

function knownAddresses(
  { recipients }: MailConfig,
  { uuid, inn, kpp = '', emails }: Counterparty,
  accounts: readonly string[],
  records: Records | undefined,
): string[] {
  const set = [inn, ...accounts].flatMap((who) => (who !== undefined && recipients[who]) || []);
  if (set.length > 0) return unique(set);
  const book = records?.addressBook;
  const listed = inn === undefined ? book?.emailsOfCounterparty(uuid) : book?.emailsOf(inn, kpp);
  return unique(listed && listed.length > 0 ? listed : emails);
}

function unique(addresses: readonly string[]): string[] {
  return addresses.filter((one, index) => addresses.findIndex((other) => same(one, other)) === index);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
