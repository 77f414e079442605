/**
 * Which columns of the export feed which field of the model: data for `bg1c explain`.
 * `how` says in Russian what happens on the way, where it is more than taking the value.
 */
export interface FieldOrigin {
  columns: readonly string[];
  /** Columns that feed it where no row of `columns` stands behind the value. */
  instead?: readonly string[];
  how?: string;
  /** What it is where no row at all stands behind it: a setting or a constant. */
  otherwise?: string;
}

const id = (...columns: string[]): FieldOrigin => ({
  columns,
  how: 'постоянный идентификатор из ключа BGBilling',
});

const PERIOD = ['documents.mm', 'documents.yy'];
/** What tells the month of documents that are formed here. */
const CHARGED_IN = ['accruals.mm', 'accruals.yy', 'charges.dt'];
const PERSONS = 'настройка persons: сводный контрагент физлиц';
const LINE_SUMS = ['document_lines.line_summ', 'accruals.summa', 'charges.summa'];

export const FIELD_ORIGINS: Readonly<Record<string, FieldOrigin>> = {
  'counterparty.uuid': { ...id('clients.inn', 'clients.kpp', 'clients.cid'), otherwise: PERSONS },
  'counterparty.kind': {
    columns: ['clients.inn', 'clients.fc'],
    how: 'по длине ИНН и признаку юрлица',
    otherwise: PERSONS,
  },
  'counterparty.name': {
    columns: ['clients.name_short', 'clients.name_full'],
    how: 'краткое название, до 100 знаков',
    otherwise: PERSONS,
  },
  'counterparty.fullName': {
    columns: ['clients.name_full', 'clients.name_short'],
    how: 'полное название, до 250 знаков',
    otherwise: PERSONS,
  },
  'counterparty.inn': { columns: ['clients.inn'] },
  'counterparty.kpp': { columns: ['clients.kpp'] },
  'counterparty.ogrn': { columns: ['clients.ogrn'] },
  'counterparty.address': { columns: ['clients.legal_address'] },
  'counterparty.contacts': {
    columns: ['clients.legal_address', 'clients.phones', 'clients.email'],
    how: 'строка на адрес, каждый телефон и каждую почту',
  },
  'counterparty.bank.uuid': id('clients.bank_bik', 'clients.bank_account'),
  'counterparty.bank.account': { columns: ['clients.bank_account'] },
  'counterparty.bank.bik': { columns: ['clients.bank_bik'] },
  'contract.uuid': { ...id('contracts.cid'), otherwise: PERSONS },
  'contract.number': { columns: ['contracts.contract_title'], how: 'до 20 знаков' },
  'contract.date': {
    columns: ['contracts.contract_date', 'contracts.date1'],
    how: 'дата договора, иначе дата начала',
  },
  'contract.name': {
    columns: ['contracts.contract_title', 'contracts.contract_date', 'contracts.date1', 'clients.{account}'],
    how: '«№ номер от дата (л/с счёт)»',
    otherwise: PERSONS,
  },
  'organization.uuid': {
    columns: [],
    otherwise: 'постоянный идентификатор из настроек organizations.inn и kpp',
  },
  'service.uuid': { ...id('services.sid', 'charges.pt'), otherwise: 'постоянный идентификатор общей услуги' },
  'service.name': {
    columns: ['services.title', 'charges.charge_type'],
    how: 'или настройка services.map',
    otherwise: 'постоянное название общей услуги или настройка services.map',
  },
  'service.group': { columns: [], otherwise: 'настройка services.map или файл services.file' },
  'service.unit': { columns: [], otherwise: 'настройка services.unit' },
  'document.uuid': {
    ...id('documents.kind', 'documents.id'),
    otherwise: 'постоянный идентификатор из договора и месяца',
  },
  'document.act': {
    columns: ['documents.format_number', 'documents.create_dt'],
    how: 'акт того же договора, месяца и суммы',
    otherwise: 'акт того же договора и месяца, составленный по настройкам',
  },
  'document.number': {
    columns: ['documents.format_number'],
    how: 'с учётом numbering.map; при numbering.by: own — по шаблону, при onec — номер 1С',
    otherwise: 'настройка numbering: шаблон и номер по порядку, или номер, который присвоила 1С',
  },
  'document.date': {
    columns: ['documents.create_dt'],
    how: 'время постоянно: акт и счёт 12:00:00, счёт-фактура 12:00:01',
    otherwise: 'последний день месяца; дата счёта — настройка documents.accrual.billDate',
  },
  'document.sum': { columns: ['documents.summ'], instead: LINE_SUMS },
  'document.vat': { columns: ['documents.summ'], instead: LINE_SUMS, how: 'сумма НДС строк' },
  'document.taxed': {
    columns: ['document_lines.vat_rate'],
    instead: [...PERIOD, ...CHARGED_IN],
    how: 'есть ли строки с НДС: ставка выгрузки, иначе по настройкам на конец периода',
  },
  'document.rate': {
    columns: ['document_lines.vat_rate'],
    instead: [...PERIOD, ...CHARGED_IN],
    how: 'одна ставка у всех строк: ставка выгрузки, иначе по настройкам на конец периода',
  },
  'document.account': {
    columns: ['clients.{account}'],
    how: 'лицевой счёт и номер договора',
    otherwise: 'постоянное пояснение: сводный документ физлиц',
  },
  'payment.number': {
    columns: ['payments.comment', 'payments.id'],
    how: 'номер платёжного документа из комментария платежа',
  },
  'payment.date': {
    columns: ['payments.comment', 'payments.dt'],
    how: 'дата из комментария платежа, иначе день платежа',
  },
  'line.content': {
    columns: ['document_lines.service_title', 'accruals.service_title', 'charges.charge_type', ...PERIOD],
    how: 'название услуги (без строк — настройка lines.fallback) и период',
  },
  'line.quantity': { columns: ['document_lines.qty'], how: 'или 1', otherwise: 'постоянное значение: 1' },
  'line.price': {
    columns: ['document_lines.price', ...LINE_SUMS],
    instead: ['documents.summ'],
    how: 'цена за единицу, до копейки',
  },
  'line.sum': {
    columns: LINE_SUMS,
    instead: ['documents.summ'],
    how: 'сумма строки; отрицательные строки зачтены',
  },
  'line.rate': {
    columns: ['document_lines.vat_rate', ...PERIOD],
    instead: CHARGED_IN,
    how: 'ставка выгрузки, иначе по настройкам на конец периода',
  },
  'line.vat': {
    columns: ['document_lines.vat_sum', ...LINE_SUMS],
    instead: ['documents.summ'],
    how: 'НДС выгрузки, иначе сумма × ставка / (100 + ставка)',
  },
};
