import type { Args } from '../language/args.ts';
import { addMonths, type DateTime, endOf, partsOf, startOf } from '../language/date-time.ts';
import { Decimal, integer } from '../language/decimal.ts';
import { Unsupported } from '../language/errors.ts';
import type { GlobalFunction, Library } from '../language/session.ts';
import { fn } from './define.ts';

const part = (head: string, take: (date: DateTime) => number): GlobalFunction =>
  fn(head, (args) => integer(take(args.date(0))));
const edge = (head: string, move: (date: DateTime) => DateTime): GlobalFunction =>
  fn(head, (args) => move(args.date(0)));

/** Milliseconds between 0001-01-01 and now: the clock of the model knows whole seconds. */
const MILLISECONDS = 1000n;

export const dates: Library = {
  functions: [
    part('Год(Дата)', (date) => partsOf(date).year),
    part('Месяц(Дата)', (date) => partsOf(date).month),
    part('День(Дата)', (date) => partsOf(date).day),
    part('Час(Дата)', (date) => partsOf(date).hour),
    part('Минута(Дата)', (date) => partsOf(date).minute),
    part('Секунда(Дата)', (date) => partsOf(date).second),
    // Monday is 1.
    part('ДеньНедели(Дата)', (date) => (Math.floor(date.seconds / 86_400) % 7) + 1),
    edge('НачалоМинуты(Дата)', (date) => startOf(date, 'minute')),
    edge('НачалоЧаса(Дата)', (date) => startOf(date, 'hour')),
    edge('НачалоДня(Дата)', (date) => startOf(date, 'day')),
    edge('НачалоНедели(Дата)', (date) => startOf(date, 'week')),
    edge('НачалоМесяца(Дата)', (date) => startOf(date, 'month')),
    edge('НачалоКвартала(Дата)', (date) => startOf(date, 'quarter')),
    edge('НачалоГода(Дата)', (date) => startOf(date, 'year')),
    edge('КонецМинуты(Дата)', (date) => endOf(date, 'minute')),
    edge('КонецЧаса(Дата)', (date) => endOf(date, 'hour')),
    edge('КонецДня(Дата)', (date) => endOf(date, 'day')),
    edge('КонецНедели(Дата)', (date) => endOf(date, 'week')),
    edge('КонецМесяца(Дата)', (date) => endOf(date, 'month')),
    edge('КонецКвартала(Дата)', (date) => endOf(date, 'quarter')),
    edge('КонецГода(Дата)', (date) => endOf(date, 'year')),
    fn('ДобавитьМесяц(Дата, Месяцев)', (args) => addMonths(args.date(0), args.integer(1))),
    fn('ТекущаяДата()', (_, session) => session.now()),
    fn('ТекущаяДатаСеанса()', (_, session) => session.now(), 'server'),
    fn('ТекущаяУниверсальнаяДата()', (_, session) => session.now()),
    fn(
      'ТекущаяУниверсальнаяДатаВМиллисекундах()',
      (_, session) => new Decimal(BigInt(session.now().seconds) * MILLISECONDS),
    ),
    // The machines of the model live in UTC.
    fn('УниверсальноеВремя(Дата, Пояс?)', sameTime),
    fn('МестноеВремя(Дата, Пояс?)', sameTime),
  ],
};

function sameTime(args: Args): DateTime {
  if (args.has(1)) throw new Unsupported('часовой пояс');
  return args.date(0);
}
