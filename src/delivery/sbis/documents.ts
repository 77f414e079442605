import type { Counterparty, Organization } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';
import { uuidV5 } from '../../support/ids.ts';

/** What goes to СБИС: bodies of calls. Ids are ours, made before the call (facts: upd-sbis B2, B8). */

/** A file of a document. */
export interface Attachment {
  id: string;
  name: string;
  bytes: Uint8Array;
}

export interface SbisDraft {
  /** Key of the delivery. */
  id: string;
  type: string;
  number: string;
  /** ISO */
  date: string;
  organization: Organization;
  counterparty: Counterparty;
  /** Of the counterparty, as a participant of the exchange. */
  participant: string | undefined;
  attachments: readonly Attachment[];
}

/** Of an attachment: the same in every repetition, so that СБИС replaces it and does not add another. */
export function attachmentId(key: string, what: 'xml' | 'pdf'): string {
  return uuidV5(`${key}:${what}`);
}

export function draftBody(draft: SbisDraft): object {
  const { id, type, number, date, organization, counterparty, participant, attachments } = draft;
  return {
    Документ: {
      Идентификатор: id,
      Тип: type,
      Дата: russianDate(date),
      Номер: number,
      НашаОрганизация: partyOf(organization),
      Контрагент: {
        ...(participant !== undefined && { Идентификатор: participant }),
        ...partyOf(counterparty, counterparty.name),
      },
      Вложение: attachments.map((one) => ({
        Идентификатор: one.id,
        Файл: { Имя: one.name, ДвоичныеДанные: base64(one.bytes) },
      })),
      ДопПоля: 'ЭтапВернутьВсеСертификаты',
    },
  };
}

export function readBody(id: string): object {
  return { Документ: { Идентификатор: id } };
}

/** What an action is done with: names out of the answer before, and signatures where we made them. */
export interface SbisDeed {
  id: string;
  stage: string;
  action: string;
  certificate: string | undefined;
  signatures?: readonly { attachment: string; name: string; bytes: Uint8Array }[];
}

export function deedBody({ id, stage, action, certificate, signatures }: SbisDeed): object {
  const own = certificate === undefined ? {} : { Сертификат: { Отпечаток: certificate } };
  return {
    Документ: {
      Идентификатор: id,
      Этап: {
        Название: stage,
        ...(signatures && {
          Вложение: signatures.map(({ attachment, name, bytes }) => ({
            Идентификатор: attachment,
            Подпись: [{ Файл: { Имя: name, ДвоичныеДанные: base64(bytes) } }],
          })),
        }),
        Действие: { Название: action, ...own },
      },
    },
  };
}

/** A company by ИНН and КПП, a sole trader by ИНН. @param name where СБИС may have to make a card */
export function partyOf(
  { inn = '', kpp }: { inn?: string | undefined; kpp?: string | undefined },
  name?: string,
): object {
  if (inn.length === 12) return { СвФЛ: { ИНН: inn } };
  const more = { ...(kpp !== undefined && { КПП: kpp }), ...(name !== undefined && { Название: name }) };
  return { СвЮЛ: { ИНН: inn, ...more } };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
