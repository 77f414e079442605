import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { documentName } from '../../model/document-name.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import { sumForPeople } from '../../model/money.ts';
import { sha256 } from '../../support/ids.ts';
import {
  type Channel,
  ChannelError,
  type Parcel,
  type Sent,
  type Session,
  type Shipment,
  type Surroundings,
} from '../channel.ts';
import { webhookAccess } from './access.ts';
import { PortalError } from './answer.ts';
import { COMPANY } from './card.ts';
import { createPortal, type Portal } from './client.ts';
import { findOwner, knownOwner, type Owner } from './owner.ts';
import { addInvoice, findInvoice, linkRequisite, SMART_INVOICE, setRows } from './smart-invoice.ts';
import { addComment, findComment, type Place } from './timeline.ts';

/** Makes the printed form of a document, or says why not. */
export type PrintForm = (source: DocumentSource) => {
  pdf?: { name: string; bytes: Uint8Array };
  faults: Fault[];
};

/** Longer than the portal works on a request: what has not happened by then will not. */
const SETTLED_MS = 65_000;
const BUSY_MS = 10_000;

/** Documents in the CRM: a comment with the PDF at the counterparty's card, a bill as a smart invoice. */
export function bitrix24Channel(printer: (config: Config) => PrintForm): Channel {
  return {
    name: 'bitrix24',
    title: 'Битрикс24',
    setting: 'bitrix24',
    configured: ({ channels }) => (channels.bitrix24?.documents ?? 'off') !== 'off',
    limits: () => ({ concurrency: 1 }),
    // The one act of all persons is nobody's; the data of persons leave for a cloud with their consent only.
    carries: ({ counterparty: { collective, kind } }, { consent }) =>
      !collective && (kind !== 'person' || consent.bitrix24),
    async connect(surroundings) {
      const { config, capture, clock, sleep } = surroundings;
      const channel = config.channels.bitrix24!;
      const { access, fault: unknown } = webhookAccess(channel);
      if (!access) throw new ChannelError('halted', 'webhook', unknown!.message);
      const portal = createPortal({ access, rate: channel.rate, clock, sleep });
      const session = { surroundings, portal, print: printer(config), mode: channel.documents };
      if (!capture) await told('scope', () => portal.ask('scope', {}), false);
      return sessionOf(session);
    },
  };
}

interface Work {
  surroundings: Surroundings;
  portal: Portal;
  print: PrintForm;
  mode: 'comment' | 'invoice' | 'off';
}

function sessionOf(work: Work): Session {
  return {
    async pack(parcel) {
      const [source] = parcel.documents;
      const { pdf, faults } = work.print(source!);
      if (!pdf) return { faults };
      const owner = await ownerOf(work, parcel);
      if (!owner) {
        const counterparty = parcel.counterparty.name;
        return { faults: [...faults, fault('BG1C-CRM-UNLINKED', { counterparty })] };
      }
      return { shipment: shipmentOf(work, parcel, source!, pdf, owner), faults };
    },
    // A comment can be asked for only at its place, which `send` knows: it looks there before it goes on.
    find: async ({ externalId }) => ({ place: 'begun', externalId }),
    close: async () => undefined,
  };
}

async function ownerOf({ surroundings, portal }: Work, { counterparty }: Parcel): Promise<Owner | undefined> {
  const { records, config, capture } = surroundings;
  const known = records && knownOwner(records, portal.name, config.onec.infobase?.id, counterparty);
  if (known) return known;
  if (capture) return { type: COMPANY, id: 0 };
  return told('find', () => findOwner(portal, counterparty), false);
}

function shipmentOf(
  work: Work,
  parcel: Parcel,
  source: DocumentSource,
  pdf: { name: string; bytes: Uint8Array },
  owner: Owner,
): Shipment {
  const { key, formed } = parcel;
  const text = commentText(source, key);
  const isInvoice = work.mode === 'invoice' && source.document.record === 'bill';
  return {
    sha256: sha256(JSON.stringify([text, isInvoice, sha256(pdf.bytes)])),
    names: [pdf.name],
    async send(renew, found): Promise<Sent> {
      const { surroundings, portal } = work;
      renew();
      if (surroundings.capture) {
        surroundings.capture({
          key,
          to: isInvoice ? 'crm.item.add' : 'crm.timeline.comment.add',
          body: text,
        });
        return {};
      }
      let begun = false;
      const step = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
        renew();
        const done = await told(name, call, begun);
        begun = true;
        return done;
      };
      const item = isInvoice ? await sendInvoice(portal, source, key, owner, step) : undefined;
      const place: Place =
        item === undefined ? placeOf(owner) : { type: `dynamic_${SMART_INVOICE}`, id: item };
      const there = found
        ? await told('look', () => findComment(portal, place, mark(key), formed), true)
        : undefined;
      const comment = there ?? (await step('comment', () => addComment(portal, place, text, pdf)));
      surroundings.records?.crm.keepPiece(portal.name, COMMENTS, {
        piece: key,
        id: comment,
        fields: { place: `${place.type}:${place.id}`, state: '' },
      });
      return { externalId: String(comment), remote: { state: 'delivered', code: '', name: '' } };
    },
  };
}

/** In the journal: where the comment about a delivery stands, by its key. */
export const COMMENTS = 'comment';

async function sendInvoice(
  portal: Portal,
  source: DocumentSource,
  key: string,
  owner: Owner,
  step: <T>(name: string, call: () => Promise<T>) => Promise<T>,
): Promise<number> {
  const known = await told('look', () => findInvoice(portal, key), true);
  const item = known ?? (await step('invoice', () => addInvoice(portal, source, key, owner)));
  await step('rows', () => setRows(portal, item, source));
  if (owner.requisite !== undefined) await step('link', () => linkRequisite(portal, item, owner.requisite!));
  return item;
}

function placeOf({ type, id }: Owner): Place {
  return { type: type === COMPANY ? 'company' : 'contact', id };
}

/** By which a comment is known: nobody else writes it. */
export function mark(key: string): string {
  return `bg1c:${key}`;
}

function commentText({ document, contract }: DocumentSource, key: string): string {
  const { record: kind, number, date, sum, vat, account } = document;
  const tax = vat === 0 ? 'без НДС' : `в т. ч. НДС ${sumForPeople(vat)} руб.`;
  return [
    `${documentName({ kind, number, date })} на ${sumForPeople(sum)} руб. (${tax})`,
    `Договор ${contract.name}, лицевой счёт ${account}`,
    mark(key),
  ].join('\n');
}

/** @param begun something was written already: then nothing is sure any more */
async function told<T>(name: string, call: () => Promise<T>, begun: boolean): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    const { failure, code, message } = error;
    const short = `bitrix24-${name}-${code}`;
    if (failure === 'refused') throw new ChannelError('rejected', short, message);
    if (failure === 'denied') throw new ChannelError('halted', short, message);
    if (failure === 'unknown' || begun) throw new ChannelError('unknown', short, message, SETTLED_MS);
    throw new ChannelError('before', short, message, failure === 'busy' ? BUSY_MS : undefined);
  }
}
