import type { MailConfig } from '../../config/mail.ts';
import { readSecret } from '../../config/secret.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { documentTitle, type Forms, formFileName, openForms } from '../../formats/printed-forms/forms.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import { sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import { sha256 } from '../../support/ids.ts';
import {
  ChannelError,
  type Parcel,
  type Sent,
  type Session,
  type Shipment,
  type Surroundings,
} from '../channel.ts';
import { withoutAddresses } from './addresses.ts';
import { bounceChanges } from './bounces.ts';
import { isWrongAddress } from './failure.ts';
import { createLetterWriter, type WrittenLetter } from './letter.ts';
import { LetterTemplateError, type LetterValues, letterText, loadLetterTemplates } from './letter-text.ts';
import { nameOf, recipientsOf } from './recipients.ts';
import { type Accepted, type MailServer, openMailServer, Refusal } from './server.ts';

const MEGABYTE = 1024 * 1024;

/** Opens the server and all that letters are made of. @throws ChannelError */
export async function openMailSession(surroundings: Surroundings): Promise<Session> {
  const { config, capture } = surroundings;
  const mail = config.channels.mail!;
  const templates = settled(() => loadLetterTemplates(mail.templates));
  const key = mail.dkim && secretOf('channels.mail.dkim.key', mail.dkim.keyEnv, mail.dkim.keyFile);
  const write = createLetterWriter(mail, key);
  const forms = formsByOrganization(surroundings);
  const server = capture ? undefined : openServer(mail);
  try {
    await server?.greet();
  } catch (error) {
    server?.close();
    throw error;
  }
  let letters = 0;
  return {
    async pack(parcel) {
      const foreign = foreignDocument(parcel);
      if (foreign) return { faults: [foreign] };
      const accounts = parcel.documents.map(({ document }) => document.account);
      const { addresses, faults } = recipientsOf(mail, parcel.counterparty, accounts, surroundings.records);
      if (addresses.length === 0) return { faults };
      const { attachments, faults: unmade } = attachmentsOf(parcel, forms(parcel.organization.code));
      if (unmade.length > 0) return { faults: [...faults, ...unmade] };
      if (mail.test && ++letters > mail.test.letters) return { faults };
      const letter = await write({
        key: parcel.key,
        to: mail.test ? [mail.test.to] : addresses,
        toName: parcel.counterparty.name,
        text: marked(letterText(templates, valuesOf(parcel)), mail, addresses),
        attachments,
        formed: parcel.formed,
      });
      const oversize = sizeFault(mail, parcel, letter);
      if (oversize) return { faults: [...faults, oversize] };
      const names = attachments.map(({ name }) => name);
      return { shipment: shipmentOf(surroundings, server, parcel, letter, names), faults };
    },
    ...(!capture && mail.bounces && { changes: (cursors) => bounceChanges(surroundings, cursors) }),
    async close() {
      server?.close();
    },
  };
}

function shipmentOf(
  { capture, records }: Surroundings,
  server: MailServer | undefined,
  { key }: Parcel,
  letter: WrittenLetter,
  names: readonly string[],
): Shipment {
  const { eml, envelope } = letter;
  return {
    sha256: sha256(eml),
    names,
    async send(renew): Promise<Sent> {
      renew();
      if (capture || !server) {
        capture?.({ key, to: envelope.to.join(', '), body: eml });
        return { remote: { state: 'sent', code: '250', name: '' } };
      }
      const refuse = (refused: Accepted['refused']): void => {
        for (const { address, code } of refused)
          records?.letters.bounced({
            ...{ id: `rcpt:${key}:${address}`, delivery: key, address, code },
            wrongAddress: isWrongAddress(code),
          });
      };
      try {
        const { reply, addresses, refused } = await server.send(letter);
        refuse(refused);
        records?.letters.record(key, addresses, reply);
        const told = withoutAddresses(reply);
        const name = refused.length > 0 ? `${told}; не принято адресов: ${refused.length}` : told;
        return { remote: { state: 'sent', code: reply.slice(0, 3), name } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(error.refused);
        throw error.failure;
      }
    },
  };
}

/** Documents of another buyer or seller never stand in one letter, whatever grouped them. */
function foreignDocument({ counterparty, organization, documents }: Parcel): Fault | undefined {
  const foreign = documents.find(
    (one) =>
      one.document.counterparty !== counterparty.uuid ||
      one.counterparty.uuid !== counterparty.uuid ||
      one.counterparty.inn !== counterparty.inn ||
      one.organization.uuid !== organization.uuid,
  );
  return (
    foreign &&
    fault('BG1C-MAIL-MIXED', { counterparty: counterparty.name, document: documentTitle(foreign.document) })
  );
}

function attachmentsOf(
  { documents }: Parcel,
  forms: Forms,
): { attachments: { name: string; bytes: Buffer }[]; faults: Fault[] } {
  const attachments: { name: string; bytes: Buffer }[] = [];
  const faults: Fault[] = [];
  for (const source of documents) {
    const { bytes, faults: found } = forms.make(source);
    faults.push(...found);
    if (bytes) attachments.push({ name: formFileName(source.document), bytes });
  }
  return { attachments, faults };
}

function valuesOf({ organization, counterparty, documents }: Parcel): LetterValues {
  const all = (values: readonly string[]): string => [...new Set(values)].join(', ');
  return {
    organization: organization.name,
    counterparty: nameOf(counterparty),
    period: all(documents.map(({ document }) => `${periodName(document.period)} г.`)),
    account: all(documents.map(({ document }) => document.account)),
    contract: all(
      documents.map(({ contract }) => (contract.number === '' ? contract.name : `№ ${contract.number}`)),
    ),
    documents: documents.map(titleWithSum),
  };
}

function titleWithSum({ document }: DocumentSource): string {
  return `${documentTitle(document)} на ${sumForPeople(document.sum)} ₽`;
}

/** A letter of a test says so, and to whom it would have gone. */
function marked<T extends { subject: string; text: string }>(
  text: T,
  { test }: MailConfig,
  addresses: readonly string[],
): T {
  return test ? { ...text, subject: `[Проверка: ${addresses.join(', ')}] ${text.subject}` } : text;
}

function sizeFault(
  { limits }: MailConfig,
  { counterparty }: Parcel,
  { eml }: WrittenLetter,
): Fault | undefined {
  if (eml.length <= limits.megabytes * MEGABYTE) return undefined;
  const megabytes = Math.ceil(eml.length / MEGABYTE);
  return fault('BG1C-MAIL-SIZE', { counterparty: nameOf(counterparty), megabytes, limit: limits.megabytes });
}

/** Forms of each organisation, made when the first of its documents comes. */
function formsByOrganization({ config }: Surroundings): (code: string) => Forms {
  const made = new Map<string, Forms>();
  return (code) => {
    const known = made.get(code);
    if (known) return known;
    const { forms, faults } = openForms(config, code);
    if (!forms) throw new ChannelError('halted', 'forms', faults.map(({ message }) => message).join('; '));
    made.set(code, forms);
    return forms;
  };
}

function openServer(mail: MailConfig): MailServer {
  const { user, passwordEnv, passwordFile } = mail.smtp;
  const password =
    user === undefined ? undefined : secretOf('channels.mail.smtp.password', passwordEnv, passwordFile);
  return settled(() => openMailServer(mail, password));
}

/** @throws ChannelError `halted` */
export function secretOf(key: string, env: string | undefined, file: string | undefined): string {
  const { secret, fault: refused } = readSecret(key, env, file);
  if (secret === undefined) throw new ChannelError('halted', 'settings', refused!.message);
  return secret;
}

/** What the settings name and the disk does not give is a setting to be mended. */
function settled<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof LetterTemplateError)
      throw new ChannelError('halted', 'letter-template', error.message);
    if (code === undefined || path === undefined) throw error;
    throw new ChannelError('halted', 'settings', `файл ${path} не читается (${code})`);
  }
}
