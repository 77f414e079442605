/**
 * Which columns of the export feed which field of the model: data for `bg1c explain`.
 * `how` says in Russian what happens on the way, where it is more than taking the value.
 */
export interface FieldOrigin {
  columns: readonly string[];
  how?: string;
}

const id = (...columns: string[]): FieldOrigin => ({
  columns,
  how: 'постоянный идентификатор из ключа BGBilling',
});

export const FIELD_ORIGINS: Readonly<Record<string, FieldOrigin>> = {
  'counterparty.uuid': id('clients.inn', 'clients.kpp', 'clients.cid'),
  'counterparty.kind': { columns: ['clients.inn', 'clients.fc'], how: 'по длине ИНН и признаку юрлица' },
  'counterparty.name': {
    columns: ['clients.name_short', 'clients.name_full'],
    how: 'краткое название, до 100 знаков',
  },
  'counterparty.fullName': {
    columns: ['clients.name_full', 'clients.name_short'],
    how: 'полное название, до 250 знаков',
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
  'contract.uuid': id('contracts.cid'),
  'contract.number': { columns: ['contracts.contract_title'], how: 'до 20 знаков' },
  'contract.date': {
    columns: ['contracts.contract_date', 'contracts.date1'],
    how: 'дата договора, иначе дата начала',
  },
  'contract.name': {
    columns: ['contracts.contract_title', 'contracts.contract_date', 'contracts.date1', 'clients.{account}'],
    how: '«№ номер от дата (л/с счёт)»',
  },
  'service.uuid': id('services.sid'),
  'service.name': { columns: ['services.title'], how: 'или название из services.map' },
  'service.unit': { columns: [], how: 'настройка services.unit' },
  'document.uuid': id('documents.kind', 'documents.id'),
  'document.act': {
    columns: ['documents.format_number', 'documents.create_dt'],
    how: 'акт того же договора, месяца и суммы',
  },
  'document.number': { columns: ['documents.format_number'], how: 'с учётом numbering.map' },
  'document.date': {
    columns: ['documents.create_dt'],
    how: 'время постоянно: акт и счёт 12:00:00, счёт-фактура 12:00:01',
  },
  'document.sum': { columns: ['documents.summ'] },
  'document.vat': { columns: ['documents.summ'], how: 'сумма НДС строк' },
  'document.taxed': { columns: ['document_lines.vat_rate'], how: 'есть ли строки с НДС' },
  'document.rate': { columns: ['document_lines.vat_rate'], how: 'если у всех строк одна ставка' },
  'document.account': { columns: ['clients.{account}'], how: 'лицевой счёт и номер договора' },
  'line.service': id('document_lines.sid'),
  'line.content': {
    columns: ['document_lines.service_title', 'accruals.service_title', 'documents.mm', 'documents.yy'],
    how: 'название услуги и период',
  },
  'line.quantity': { columns: ['document_lines.qty'], how: 'или 1' },
  'line.price': {
    columns: ['document_lines.price', 'document_lines.line_summ'],
    how: 'цена за единицу, до копейки',
  },
  'line.sum': {
    columns: ['document_lines.line_summ', 'accruals.summa', 'charges.summa', 'documents.summ'],
    how: 'сумма строки; отрицательные строки зачтены',
  },
  'line.rate': {
    columns: ['document_lines.vat_rate', 'documents.mm', 'documents.yy'],
    how: 'ставка выгрузки, иначе по настройкам на конец периода',
  },
  'line.vat': {
    columns: ['document_lines.vat_sum', 'document_lines.line_summ'],
    how: 'НДС выгрузки, иначе сумма × ставка / (100 + ставка)',
  },
};
