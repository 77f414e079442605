import { fixed, group, type Mapping, plain, rows } from '../../../schema/mapping.ts';
import type { TaxAmount } from '../amounts.ts';
import type { LineView, UpdView } from '../view.ts';
import { words } from './words.ts';

/** ПрТовРаб of a service. */
const SERVICE = '3';

function tax(from: string): Mapping<TaxAmount> {
  return { СумНал: plain(from, ({ sum }) => sum), БезНДС: plain(from, ({ none }) => none) };
}

const line: Mapping<LineView> = {
  НомСтр: plain('computed: по порядку', ({ number }) => number),
  НаимТов: words('line.content', ({ name }) => name),
  ОКЕИ_Тов: plain('service.unit', ({ unit }) => unit),
  НаимЕдИзм: plain('service.unit', ({ unitName }) => unitName),
  КолТов: plain('line.quantity', ({ quantity }) => quantity),
  ЦенаТов: plain('computed: стоимость без НДС на количество', ({ price }) => price),
  СтТовБезНДС: plain('computed: сумма без НДС', ({ net }) => net),
  НалСт: plain('line.rate', ({ rate }) => rate),
  СтТовУчНал: plain('line.sum', ({ gross }) => gross),
  ДопСведТов: group((view: LineView) => view, { ПрТовРаб: fixed(SERVICE) }),
  Акциз: group((view: LineView) => view, { БезАкциз: fixed('без акциза') }),
  СумНал: group((view: LineView) => view.tax, tax('line.vat')),
};

/** ТаблСчФакт. */
export const table: Mapping<UpdView> = {
  СведТов: rows((view: UpdView) => view.lines, line),
  ВсегоОпл: group((view: UpdView) => view.total, {
    СтТовБезНДСВсего: plain('computed: сумма без НДС', ({ net }) => net),
    СтТовУчНалВсего: plain('document.sum', ({ gross }) => gross),
    СумНалВсего: group((total: UpdView['total']) => total.tax, tax('document.vat')),
  }),
};
