import { sumText } from '../../../model/money.ts';
import type { PaymentDocument } from '../../../model/types.ts';
import { fixed, group, type Mapping, plain, rows } from '../../../schema/mapping.ts';
import { toolVersion } from '../../../support/version.ts';
import type { UpdCorrection, UpdSetting } from '../source.ts';
import type { DocumentReference, TransferView, UpdView } from '../view.ts';
import { party, personName } from './parties.ts';
import { table } from './table.ts';
import { day, words } from './words.ts';

/** КНД of the seller's title. */
export const KND = '1115131';
export const VERSION = '5.03';

/** ПоФактХЖ: the fixed words of the order for a file that is a primary document. */
const PRIMARY_DOCUMENT =
  'Документ об отгрузке товаров (выполнении работ), передаче имущественных прав (документ об оказании услуг)';

type Signer = UpdSetting['signer'];

const SIGNER = 'config:organizations.signer';

function reference(from: string): Mapping<DocumentReference> {
  return {
    РеквНаимДок: words('fixed', ({ name }) => name),
    РеквНомерДок: words(`${from}.number`, ({ number }) => number),
    РеквДатаДок: day(`${from}.date`, ({ date }) => date),
  };
}

/** Free fields: what the buyer's and the seller's programs find the subscriber by. */
function freeFields({ account, contractNumber }: UpdView): { key: string; value: string }[] {
  const account_ = { key: 'ЛицевойСчет', value: account };
  return contractNumber === undefined
    ? [account_]
    : [account_, { key: 'НомерДоговора', value: contractNumber }];
}

const facts: Mapping<UpdView> = {
  НомерДок: words('document.number', ({ document }) => document.number),
  ДатаДок: day('document.date', ({ document }) => document.date),
  ИмяФайлИспрПрод: words('computed: исправляемый файл', ({ correction }) => correction?.file),
  ИспрДок: group(({ correction }: UpdView) => correction, {
    НомИспр: plain('computed: номер исправления', ({ number }: UpdCorrection) => String(number)),
    ДатаИспр: day('computed: дата исправления', ({ date }: UpdCorrection) => date),
  }),
  СвПрод: rows(({ seller }: UpdView) => [seller], party('config:organizations')),
  СвПРД: rows(({ payments }: UpdView) => payments, {
    НомерПРД: words('payment.number', ({ number }: PaymentDocument) => number),
    ДатаПРД: day('payment.date', ({ date }: PaymentDocument) => date),
    СуммаПРД: plain('payment.sum', ({ sum }: PaymentDocument) => sumText(sum)),
  }),
  ДокПодтвОтгрНом: rows(({ shipping }: UpdView) => shipping, reference('document')),
  СвПокуп: rows(({ buyer }: UpdView) => [buyer], party('counterparty')),
  ДенИзм: group((view: UpdView) => view, {
    КодОКВ: fixed('643'),
    НаимОКВ: fixed('Российский рубль'),
  }),
  ИнфПолФХЖ1: group((view: UpdView) => view, {
    ТекстИнф: rows(freeFields, {
      Идентиф: plain('fixed', ({ key }) => key),
      Значен: words('contract.account', ({ value }) => value),
    }),
  }),
};

const transfer: Mapping<TransferView> = {
  СодОпер: fixed('Услуги оказаны в полном объеме'),
  ВидОпер: fixed('Оказание услуг'),
  ДатаПер: plain('document.date', ({ date }) => date),
  ДатаНачПер: plain('document.period', ({ from }) => from),
  ДатаОконПер: plain('document.period', ({ to }) => to),
  ОснПер: rows(({ basis }: TransferView) => basis, reference('contract')),
  БезДокОснПер: plain('computed: нет договора', ({ basis }) => (basis.length === 0 ? '1' : undefined)),
};

const signer: Mapping<Signer> = {
  Должн: words(`${SIGNER}.position`, ({ position }) => position),
  СпосПодтПолном: plain(`${SIGNER}.authority`, ({ authority }) => String(authority)),
  ФИО: group(({ name }: Signer) => name, personName(`${SIGNER}.name`)),
  СвДоверЭл: rows(({ mchd }: Signer) => (mchd ? [mchd] : []), {
    НомДовер: plain(`${SIGNER}.mchd.number`, ({ number }) => number),
    ДатаВыдДовер: day(`${SIGNER}.mchd.issued`, ({ issued }) => issued),
    ИдСистХран: words(`${SIGNER}.mchd.system`, ({ system }) => system),
  }),
  СвДоверБум: rows(({ paper }: Signer) => (paper ? [paper] : []), {
    ДатаВыдДовер: day(`${SIGNER}.paper.issued`, ({ issued }) => issued),
    ВнНомДовер: words(`${SIGNER}.paper.number`, ({ number }) => number),
  }),
};

/** The whole file. */
export const updFile: Mapping<UpdView> = {
  ИдФайл: plain('computed: получатель, отправитель, дата, UUID документа', ({ id }) => id),
  ВерсФорм: fixed(VERSION),
  ВерсПрог: fixed(`bgbilling-1c ${toolVersion()}`),
  Документ: group((view: UpdView) => view, {
    КНД: fixed(KND),
    Функция: plain('document.record', (view) => view.function),
    ПоФактХЖ: plain('fixed', ({ primary }) => (primary ? PRIMARY_DOCUMENT : undefined)),
    НаимДокОпр: words('document.record', ({ name }) => name),
    ДатаИнфПр: day('computed: когда составлен файл', ({ formed }) => formed.date),
    ВремИнфПр: plain('computed: когда составлен файл', ({ formed }) => formed.time),
    НаимЭконСубСост: words('config:organizations.fullName', ({ seller }) => seller.fullName),
    СвСчФакт: group((view: UpdView) => view, facts),
    ТаблСчФакт: group((view: UpdView) => view, table),
    СвПродПер: group(({ transfer: of }: UpdView) => of, {
      СвПер: group((of: TransferView) => of, transfer),
    }),
    Подписант: rows((view: UpdView) => [view.signer], signer),
  }),
};
