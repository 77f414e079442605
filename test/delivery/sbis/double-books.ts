import { createHash, randomUUID } from 'node:crypto';

/** An error of the business kind. */
export class Refusal extends Error {}

/** A document as the double keeps it. */
export interface KeptDocument {
  id: string;
  number: string;
  organization: string;
  counterparty: string;
  participant: string | undefined;
  code: string;
  attachments: Map<string, { name: string; bytes: Buffer }>;
  prepared: boolean;
  /** How often it went out: more than once is what must never be. */
  executed: number;
  saved: number;
  signatures: Map<string, Buffer>;
}

/** Documents, participants, certificates and the feed. */
export interface DoubleBooks {
  documents: Map<string, KeptDocument>;
  /** By ИНН; who is not in it is connected to СБИС with an id of its own. */
  participants: Map<string, object[] | string | Refusal>;
  certificates: object[];
  /** СБИС puts the signer into the files before they are signed. */
  modifies: boolean;
  /** Names of the stage and the action. */
  names: { stage: string; action: string };
  /** Some methods answer with an object around the document. */
  wraps: boolean;
  /** The counterparty acts. */
  become(id: string, code: string): void;
  call(method: string, params: object): unknown;
  /** A file as it is to be signed. */
  file(id: string): Buffer;
}

const NAMES: Record<string, string> = {
  '0': 'Документ редактируется',
  '2': 'Отослано приглашение',
  '3': 'Отправлен',
  '4': 'Доставлен',
  '6': 'Ошибка',
  '7': 'Выполнение завершено успешно',
  '9': 'Выполнение завершено с проблемами',
  '20': 'Удален контрагентом',
  '23': 'Ожидает подписания',
};

export const SERVER_KEY = {
  Отпечаток: 'A'.repeat(40),
  ФИО: 'Каримов Ильдар',
  Ключ: { Тип: 'Серверный', Активирован: 'Да' },
};
export const CLIENT_KEY = { Отпечаток: 'B'.repeat(40), ФИО: 'Каримов Ильдар', Ключ: { Тип: 'Клиентский' } };

interface Party {
  СвЮЛ?: { ИНН: string; КПП?: string };
  СвФЛ?: { ИНН: string };
}
interface Given {
  Идентификатор: string;
  Тип: string;
  Дата: string;
  Номер: string;
  НашаОрганизация: Party;
  Контрагент: Party & { Идентификатор?: string };
  Вложение: { Идентификатор: string; Файл: { Имя: string; ДвоичныеДанные: string } }[];
  Этап: {
    Название: string;
    Вложение?: { Идентификатор: string; Подпись: { Файл: { Имя: string; ДвоичныеДанные: string } }[] }[];
    Действие: { Название: string; Сертификат?: { Отпечаток: string } };
  };
}

export function createBooks(address: () => string): DoubleBooks {
  const events: { id: string; document: string }[] = [];
  const innOf = ({ СвЮЛ: company, СвФЛ: person }: Party): string => (company ?? person)!.ИНН;
  const happen = (document: KeptDocument): void =>
    void events.push({ id: randomUUID(), document: document.id });

  const need = (id: string): KeptDocument => {
    const found = books.documents.get(id);
    if (!found) throw new Refusal('Документ не найден');
    return found;
  };
  const shown = (document: KeptDocument): object => {
    const { id, number, code } = document;
    const action = { Название: books.names.action, ТребуетПодписания: 'Да', Сертификат: books.certificates };
    const stages =
      code === '0' ? [{ Название: books.names.stage, Идентификатор: '1', Действие: [action] }] : [];
    const found = {
      Идентификатор: id,
      Номер: number,
      Состояние: { Код: code, Название: NAMES[code] ?? 'Неизвестное', Описание: '' },
      Этап: stages,
      Редакция: [{ Идентификатор: '1', Актуален: 'Да' }],
    };
    return books.wraps ? { Документ: found } : found;
  };

  const save = (given: Given): object => {
    const known = books.documents.get(given.Идентификатор);
    if (known && known.code !== '0') throw new Refusal('Документ уже запущен в обработку');
    const document: KeptDocument = known ?? {
      id: given.Идентификатор,
      number: given.Номер,
      organization: innOf(given.НашаОрганизация),
      counterparty: innOf(given.Контрагент),
      participant: given.Контрагент.Идентификатор,
      code: '0',
      attachments: new Map(),
      prepared: false,
      executed: 0,
      saved: 0,
      signatures: new Map(),
    };
    document.saved++;
    document.prepared = false;
    for (const { Идентификатор: id, Файл: file } of given.Вложение)
      document.attachments.set(id, { name: file.Имя, bytes: Buffer.from(file.ДвоичныеДанные, 'base64') });
    books.documents.set(document.id, document);
    return shown(document);
  };

  const toSign = ({ bytes }: { bytes: Buffer }): Buffer =>
    books.modifies ? Buffer.concat([bytes, Buffer.from('<!-- подписант -->')]) : bytes;

  const act = (given: Given): KeptDocument => {
    const document = need(given.Идентификатор);
    if (document.code !== '0') throw new Refusal('Действие недоступно: документ уже отправлен');
    const { Название: stage, Действие: action } = given.Этап;
    if (stage !== books.names.stage || action.Название !== books.names.action)
      throw new Refusal('Нет такого этапа');
    const print = action.Сертификат?.Отпечаток;
    if (!books.certificates.some((one) => (one as { Отпечаток: string }).Отпечаток === print))
      throw new Refusal('Сертификат не найден');
    return document;
  };

  const prepare = (given: Given): object => {
    const document = act(given);
    document.prepared = true;
    const attachments = [...document.attachments].map(([id, one]) => ({
      Идентификатор: id,
      Модифицирован: books.modifies ? 'Да' : 'Нет',
      Файл: {
        Имя: one.name,
        Хеш: createHash('sha256').update(toSign(one)).digest('hex'),
        Ссылка: `${address()}/file?id=${id}`,
      },
    }));
    return {
      Идентификатор: document.id,
      Состояние: { Код: '0', Название: NAMES['0'] },
      Этап: [{ Название: books.names.stage, Вложение: attachments }],
    };
  };

  const execute = (given: Given): object => {
    const document = act(given);
    if (!document.prepared) throw new Refusal('Действие не подготовлено');
    const print = given.Этап.Действие.Сертификат!.Отпечаток;
    const certificate = books.certificates.find((one) => (one as typeof CLIENT_KEY).Отпечаток === print);
    const ours = (certificate as typeof CLIENT_KEY).Ключ.Тип === 'Клиентский';
    if (ours)
      for (const [id, one] of document.attachments) {
        const signature = given.Этап.Вложение?.find(({ Идентификатор: other }) => other === id)?.Подпись[0];
        const bytes = Buffer.from(signature?.Файл.ДвоичныеДанные ?? '', 'base64');
        if (!bytes.equals(signatureOf(toSign(one))))
          throw new Refusal(`Подпись вложения ${one.name} неверна`);
        document.signatures.set(id, bytes);
      }
    else if (given.Этап.Вложение) throw new Refusal('Подпись не нужна: ключ на сервере');
    document.executed++;
    document.code = document.participant === undefined ? '2' : '3';
    happen(document);
    return shown(document);
  };

  const changes = (filter: {
    ИдентификаторСобытия?: string;
    ДатаВремяС?: string;
    НашаОрганизация: Party;
    Навигация: { РазмерСтраницы: string };
  }): object => {
    const { ИдентификаторСобытия: last, ДатаВремяС: from } = filter;
    if (last === undefined && !/^\d{2}\.\d{2}\.\d{4} \d{2}[.:]\d{2}[.:]\d{2}$/.test(from ?? ''))
      throw new Refusal('Неверный фильтр');
    const own = events.filter(
      ({ document }) => books.documents.get(document)!.organization === innOf(filter.НашаОрганизация),
    );
    const at = last === undefined ? 0 : own.findIndex(({ id }) => id === last) + 1;
    const size = Math.min(Number(filter.Навигация.РазмерСтраницы), 200);
    // The event before comes again: a page is not without repeats.
    const page = own.slice(Math.max(0, at - 1), at + size);
    return {
      Документ: page.map(({ id, document }) => ({
        ...(shown(books.documents.get(document)!) as { Документ?: object }),
        ...(books.wraps && (shown(books.documents.get(document)!) as { Документ: object }).Документ),
        Событие: [{ Идентификатор: id, Название: 'Отправка' }],
      })),
      Навигация: { ЕстьЕще: at + size < own.length ? 'Да' : 'Нет' },
    };
  };

  const about = (party: Party & { ДопПоля?: string }): object => {
    const inn = innOf(party);
    const found = books.participants.get(inn);
    if (found instanceof Refusal) throw found;
    const id = {
      ИдентификаторУчастника: `2BE${inn}`,
      Оператор: { Название: 'Тензор' },
      Основной: 'Да',
      Роуминг: 'Нет',
    };
    return { Идентификатор: found ?? [id], СвЮЛ: party.СвЮЛ, СвФЛ: party.СвФЛ };
  };

  const books: DoubleBooks = {
    documents: new Map(),
    participants: new Map(),
    certificates: [SERVER_KEY],
    modifies: false,
    names: { stage: 'Отправка', action: 'Отправить' },
    wraps: false,
    become(id, code) {
      const document = need(id);
      document.code = code;
      happen(document);
    },
    call(method, params) {
      const {
        Документ: given,
        Фильтр: filter,
        Участник: party,
      } = params as {
        Документ: Given;
        Фильтр: Parameters<typeof changes>[0];
        Участник: Parameters<typeof about>[0];
      };
      switch (method) {
        case 'СБИС.ЗаписатьДокумент':
          return save(given);
        case 'СБИС.ПодготовитьДействие':
          return prepare(given);
        case 'СБИС.ВыполнитьДействие':
          return execute(given);
        case 'СБИС.ПрочитатьДокумент':
          return shown(need(given.Идентификатор));
        case 'СБИС.СписокИзменений':
          return changes(filter);
        case 'СБИС.ИнформацияОКонтрагенте':
          return about(party);
        default:
          throw new Refusal(`Метод ${method} не найден`);
      }
    },
    file(id) {
      for (const { attachments } of books.documents.values()) {
        const found = attachments.get(id);
        if (found) return toSign(found);
      }
      throw new Refusal('Файл не найден');
    },
  };
  return books;
}

/** What the signing program of the tests makes of a file. */
export function signatureOf(bytes: Uint8Array): Buffer {
  return Buffer.from(`SIGNED ${createHash('sha256').update(bytes).digest('hex')}`);
}
