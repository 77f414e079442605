import { companyInn } from '../requisites.ts';
import { BILL, VAT_INVOICE } from './base.ts';
import { type BadCase, placeOf, remove, rowOf, set, wrongDigit } from './case.ts';

const CLIENT = { cid: '2002' };

/** Clients, contracts and references to them: an error leaves out all documents of the contract. */
export const CLIENT_CASES: readonly BadCase[] = [
  {
    name: 'inn-checksum',
    title: 'В ИНН клиента неверна последняя цифра: контрольная не сходится',
    exit: 3,
    faults: ['BG1C-INN-CHECKSUM', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => set(tables, 'clients', CLIENT, { inn: wrongDigit(companyInn(82)) }),
  },
  {
    name: 'inn-length',
    title: 'В ИНН клиента 8 цифр',
    exit: 3,
    faults: ['BG1C-INN-FORMAT', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => set(tables, 'clients', CLIENT, { inn: companyInn(82).slice(2) }),
  },
  {
    name: 'leading-zeros',
    title: 'Таблица побывала в Excel: у ИНН, КПП и БИК пропал ведущий ноль',
    exit: 0,
    faults: ['BG1C-INN-RESTORED', 'BG1C-KPP-RESTORED'],
    documents: 9,
    tables: (tables) => {
      const { inn, kpp, bank_bik } = rowOf(tables, 'clients', CLIENT);
      return set(tables, 'clients', CLIENT, {
        inn: inn!.slice(1),
        kpp: kpp!.slice(1),
        bank_bik: bank_bik!.slice(1),
      });
    },
  },
  {
    name: 'kpp-format',
    title: 'КПП клиента записан с дефисами',
    exit: 3,
    faults: ['BG1C-KPP-FORMAT', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => set(tables, 'clients', CLIENT, { kpp: '0256-01-001' }),
  },
  {
    name: 'bank-and-contacts',
    title: 'ОГРН, расчётный счёт и адрес почты клиента с ошибками: документы передаются без них',
    exit: 0,
    faults: ['BG1C-OGRN-CHECKSUM', 'BG1C-ACCOUNT-CHECKSUM', 'BG1C-EMAIL-FORMAT'],
    documents: 9,
    tables: (tables) => {
      const { ogrn, bank_account } = rowOf(tables, 'clients', CLIENT);
      const email = 'zilim@zilim.example; buh(at)zilim.example';
      return set(tables, 'clients', CLIENT, {
        ogrn: wrongDigit(ogrn!),
        bank_account: wrongDigit(bank_account!),
        email,
      });
    },
  },
  {
    name: 'requisites-incomplete',
    title:
      'У организации нет КПП и адреса, у предпринимателя записан КПП, у третьего клиента БИК из пяти цифр',
    exit: 0,
    faults: ['BG1C-KPP-MISSING', 'BG1C-BUYER-ADDRESS', 'BG1C-KPP-EXTRA', 'BG1C-BIK-FORMAT'],
    documents: 9,
    tables: (tables) => {
      set(tables, 'clients', { cid: '2001' }, { bank_bik: '73601' });
      set(tables, 'clients', { cid: '2003' }, { kpp: '026801001' });
      return set(tables, 'clients', CLIENT, { kpp: '', legal_address: '' });
    },
  },
  {
    name: 'name-missing',
    title: 'У клиента нет ни краткого, ни полного названия',
    exit: 3,
    faults: ['BG1C-NAME-MISSING', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => set(tables, 'clients', CLIENT, { name_short: '', name_full: '' }),
  },
  {
    name: 'control-character',
    title: 'В названии клиента невидимый символ U+0001, которого не может быть в XML',
    exit: 0,
    faults: ['BG1C-VALUE-CONTROL'],
    documents: 9,
    tables: (tables) => set(tables, 'clients', CLIENT, { name_short: 'ООО «Зи\u0001лим»' }),
  },
  {
    name: 'buyer-without-inn',
    title: 'У организации нет ИНН, а счёт-фактура выставлен: не передаётся только он',
    exit: 3,
    faults: ['BG1C-BUYER-INN', 'BG1C-INN-MISSING'],
    documents: 8,
    tables: (tables) => {
      set(tables, 'clients', CLIENT, { inn: '' });
      return placeOf(tables, 'documents', rowOf(tables, 'documents', VAT_INVOICE));
    },
  },
  {
    name: 'client-missing',
    title: 'У договора с документами нет строки в clients',
    exit: 3,
    faults: ['BG1C-CLIENT-MISSING', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => {
      remove(tables, 'clients', CLIENT);
      return placeOf(tables, 'contracts', rowOf(tables, 'contracts', CLIENT));
    },
  },
  {
    name: 'contract-missing',
    title: 'Документы ссылаются на договор, которого нет в contracts',
    exit: 3,
    faults: ['BG1C-CONTRACT-MISSING', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => {
      remove(tables, 'contracts', CLIENT);
      return placeOf(tables, 'documents', rowOf(tables, 'documents', BILL));
    },
  },
  {
    name: 'super-contract-missing',
    title: 'Субдоговор с зависимым балансом ссылается на супердоговор, которого нет в contracts',
    exit: 3,
    faults: ['BG1C-SUPER-MISSING', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => {
      set(tables, 'clients', CLIENT, { scid: '1999', sub_mode: '0' });
      for (const row of tables.accruals.rows) if (row.src_cid === '2002') row.cid = '1999';
      return set(tables, 'contracts', CLIENT, { scid: '1999', sub_mode: '0' });
    },
  },
  {
    name: 'contract-twice',
    title: 'Договор выгружен дважды: непонятно, какая строка верна',
    exit: 3,
    faults: ['BG1C-ROW-TWICE', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => {
      const again = { ...rowOf(tables, 'contracts', CLIENT), contract_title: 'Ю-00802/25-копия' };
      tables.contracts.rows.push(again);
      return placeOf(tables, 'contracts', again);
    },
  },
  {
    name: 'firm-unknown',
    title: 'Договор относится к организации BGBilling, которой нет в настройках',
    exit: 3,
    faults: ['BG1C-FIRM-UNKNOWN', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => set(tables, 'contracts', CLIENT, { firm_id: '5', firm_title: 'Башнет-Регион' }),
  },
  {
    name: 'requisites-differ',
    title: 'Два договора одного ИНН и КПП, а названия различаются: берётся название первого договора',
    exit: 0,
    faults: ['BG1C-COUNTERPARTY-DIFFERS'],
    documents: 9,
    tables: (tables) => {
      const { inn, kpp, name_full, legal_address } = rowOf(tables, 'clients', { cid: '2001' });
      return set(tables, 'clients', CLIENT, {
        inn: inn!,
        kpp: kpp!,
        name_short: 'Сарыташ (ООО)',
        name_full: name_full!,
        legal_address: legal_address!,
      });
    },
  },
];
