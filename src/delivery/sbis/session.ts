import type { SbisConfig } from '../../config/delivery.ts';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { sha256 } from '../../support/ids.ts';
import { ChannelError, type Found, type Parcel, type Reach, type Sent, type Session } from '../channel.ts';
import type { Printed } from '../printed.ts';
import { createUpdPacker } from '../upd-parcel.ts';
import type { SbisClient } from './client.ts';
import { type Attachment, attachmentId, deedBody, draftBody, readBody, type SbisDraft } from './documents.ts';
import { changesOf } from './feed.ts';
import { createParties, type Participant } from './parties.ts';
import type { Signer } from './sign.ts';
import { stepOf } from './stages.ts';
import { documentOf, isDraft, listed, remoteOf, type SbisDocument } from './states.ts';

export interface Tools {
  client: SbisClient;
  /** Of mode `command`. */
  signer: Signer | undefined;
  /** Absent where it does not go along. */
  printed: Printed | undefined;
  /** In a dry run nobody is asked about the counterparties. */
  asks: boolean;
}

/** Sending in three calls: the draft, its preparation, its execution (facts: upd-sbis B2). */
export function openSession(
  config: Config,
  sbis: SbisConfig,
  { client, signer, printed, asks }: Tools,
): Session {
  const packer = createUpdPacker(config);
  const parties = createParties(client);

  const read = async (key: string): Promise<SbisDocument | undefined> => {
    try {
      return documentOf(await client.call('СБИС.ПрочитатьДокумент', readBody(key), 'read'));
    } catch (error) {
      if (error instanceof ChannelError && error.class === 'rejected' && isAbsence(error, sbis))
        return undefined;
      throw error;
    }
  };
  /** What is there under our own id. */
  const find = async (key: string): Promise<Found> => {
    const document = await read(key);
    const remote = document && remoteOf(document);
    if (!document || !remote) return document ? unclear('no-state') : { place: 'absent' };
    return { place: isDraft(remote) && sbis.mode !== 'draft' ? 'begun' : 'there', remote };
  };

  const send = async (draft: SbisDraft, renew: () => void, found: Found | undefined): Promise<Sent> => {
    const begun = found?.place === 'begun' ? await read(draft.id) : undefined;
    const saved = begun ?? documentOf(await client.call('СБИС.ЗаписатьДокумент', draftBody(draft), 'write'));
    if (sbis.mode === 'draft') return { remote: remoteOf(saved) };
    const step = stepOf(saved, sbis);
    const deed = { id: draft.id, ...step };
    renew();
    const prepared = documentOf(await client.call('СБИС.ПодготовитьДействие', deedBody(deed), 'write'));
    const signatures = signer && step.certificate && (await sign(prepared, draft, step.certificate));
    renew();
    const executed = documentOf(
      await client.call(
        'СБИС.ВыполнитьДействие',
        deedBody({ ...deed, ...(signatures && { signatures }) }),
        'write',
      ),
    );
    const remote = remoteOf(executed);
    if (!remote || isDraft(remote)) return unclear('still-draft');
    return { remote };
  };

  /** СБИС may have changed a file: then exactly its bytes are signed. */
  const sign = async (prepared: SbisDocument, draft: SbisDraft, thumbprint: string) => {
    const told = listed(listed(prepared.Этап)[0]?.Вложение);
    const signatures = [];
    for (const { id, name, bytes } of draft.attachments) {
      const one = told.find(({ Идентификатор: other }) => other?.toLowerCase() === id);
      const link = one?.Модифицирован === 'Да' ? one.Файл?.Ссылка : undefined;
      const signed = link === undefined ? bytes : await client.download(link);
      signatures.push({ attachment: id, name: `${name}.sgn`, bytes: await signer!(signed, thumbprint) });
    }
    return signatures;
  };

  /**
   * What is refused may be there already: a repeated step on a document that has gone. And after the first call has
   * succeeded nothing is sure not to have happened.
   */
  const sendSurely = async (draft: SbisDraft, renew: () => void, found: Found | undefined): Promise<Sent> => {
    let calls = found ? 1 : 0;
    const counting = (): void => {
      calls++;
      renew();
    };
    try {
      return await send(draft, counting, found);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      if (error.class === 'before' && calls > 0)
        throw new ChannelError('unknown', error.code, error.message, error.retryAfter);
      if (error.class !== 'rejected') throw error;
      const there = await find(draft.id).catch(() => undefined);
      if (there?.place === 'there') return { remote: there.remote };
      throw error;
    }
  };

  return {
    async pack(parcel) {
      const { organization, counterparty, documents, key } = parcel;
      const receiver: Participant = asks ? await parties.of(counterparty) : { how: 'receives' };
      const hindrance = hindranceOf(parcel, receiver, sbis);
      if (hindrance) return { faults: [hindrance] };
      const own = config.organizations.find(({ code }) => code === organization.code)?.edoId;
      const sender = own ?? (asks ? (await parties.of(organization)).id : undefined);
      const { file, faults } = packer.pack(parcel, { sender, receiver: receiver.id });
      if (!file) return { faults };
      const source = documents[0]!;
      const attachments: Attachment[] = [
        { id: attachmentId(key, 'xml'), name: file.name, bytes: file.bytes },
      ];
      if (printed) {
        const { pdf, faults: unprinted } = printed(source);
        faults.push(...unprinted);
        if (!pdf) return { faults };
        attachments.push({ id: attachmentId(key, 'pdf'), ...pdf });
      }
      const { number, date } = source.document;
      const draft: SbisDraft = {
        id: key,
        type: sbis.documentType,
        number,
        date,
        organization,
        counterparty,
        participant: receiver.id,
        attachments,
      };
      return {
        faults,
        shipment: {
          sha256: sha256(Buffer.concat(attachments.map(({ bytes }) => bytes))),
          names: attachments.map(({ name }) => name),
          send: (renew, found) => sendSurely(draft, renew, found),
        },
      };
    },
    find: ({ key }) => find(key),
    changes: (cursors) => changesOf(client, sbis, config.organizations, cursors),
    async *reach(counterparties) {
      for (const counterparty of counterparties) yield { counterparty, ...(await reachOf(counterparty)) };
    },
    async close() {
      packer.dispose();
      await client.close();
    },
  };

  async function reachOf(counterparty: Reach['counterparty']): Promise<Omit<Reach, 'counterparty'>> {
    const { how, operator, note } = await parties.of(counterparty);
    return { how, operator, note };
  }
}

/** Who cannot be reached, or is not to be invited, is left out. */
function hindranceOf(
  { counterparty, documents }: Parcel,
  { how, operator = '', note = '' }: Participant,
  { unconnected }: SbisConfig,
): Fault | undefined {
  const values = { number: documents[0]!.document.number, name: counterparty.name };
  if (how === 'unreachable') return fault('BG1C-SBIS-UNREACHABLE', { ...values, reason: note });
  if (how !== 'invite' || unconnected === 'invite') return undefined;
  const more = [operator, note].filter(Boolean).join(', ');
  return fault('BG1C-SBIS-UNCONNECTED', { ...values, more: more === '' ? '' : ` (${more})` });
}

/** How СБИС says that there is no such document is not confirmed: the words are a setting. */
function isAbsence({ message, code }: ChannelError, { absent }: SbisConfig): boolean {
  const text = `${code} ${message}`.toLowerCase();
  return absent.some((words) => text.includes(words.toLowerCase()));
}

function unclear(code: string): never {
  throw new ChannelError('unknown', code, 'СБИС не сказал, в каком состоянии документ');
}
