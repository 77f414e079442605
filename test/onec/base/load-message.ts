import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CanonicalRecord, Counterparty } from '../../../src/model/types.ts';
import type { Host } from '../host.ts';
import { type Decimal, integer, multiply, toInteger } from '../language/decimal.ts';
import { keyOf } from '../language/type-of.ts';
import type { Value } from '../language/values.ts';
import type { SamplePackage } from '../sample-package.ts';
import type { Base } from './base.ts';
import { put } from './create-base.ts';
import type { StoredObject } from './store.ts';

/** Hands a message to the loader. @returns what the user sees: the exception, else the messages */
export function loadMessage(on: Host, text: string): string {
  writeFileSync(join(on.folder, 'copy.xml'), text);
  return on.run(
    'Попытка О = Обработки.ВыгрузкаЗагрузкаEnterpriseData.Создать(); О.ЗагрузкаСообщения(Новый Структура("АдресНаСервере", Путь), ""); Исключение Сообщить("исключение: " + ИнформацияОбОшибке().Описание); КонецПопытки;',
    { Путь: join(on.folder, 'copy.xml') },
  );
}

/** The message with some of its objects, changed. Each stands on a line of its own. */
export function message({ message: text }: SamplePackage, change: (objects: string[]) => string[]): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('<Body')) + 1;
  const end = lines.findIndex((line) => line.startsWith('</Body'));
  return [...lines.slice(0, start), ...change(lines.slice(start, end)), ...lines.slice(end)].join('\n');
}

export function objectsOf(sample: SamplePackage, element: string): string[] {
  let found: string[] = [];
  message(sample, (objects) => {
    found = objects.filter((one) => one.startsWith(`<${element}>`));
    return objects;
  });
  return found;
}

export function records<T extends CanonicalRecord>(sample: SamplePackage, kind: T['record']): T[] {
  return sample.records.filter((one): one is T => one.record === kind);
}

export function stored(base: Base, name: string, uuid: string): StoredObject {
  const found = base.store.find(name, uuid);
  if (!found) throw new Error(`no ${name} ${uuid}`);
  return found;
}

export function kopecks(value: Value | undefined): number {
  return toInteger(multiply(value as Decimal, integer(100)));
}

/** Everything that lies in the base, as text. */
export function picture({ store, profile }: Base): string {
  return profile.configuration.objects
    .flatMap((meta) =>
      store.all(`${meta.kind}.${meta.name}`).map(({ uuid, fields, parts }) => {
        const row = (one: ReadonlyMap<string, Value>): string =>
          [...one].map(([name, value]) => `${name}=${keyOf(value)}`).join(',');
        return `${meta.name} ${uuid} ${row(fields)} ${[...parts].map(([name, rows]) => `${name}:${rows.map(row).join(';')}`).join(' ')}`;
      }),
    )
    .join('\n');
}

/** Cards that a package alone makes of its counterparties: those without КПП merge where their full names are equal. */
export function cards(sample: SamplePackage): Set<string> {
  return new Set(
    records<Counterparty>(sample, 'counterparty').map(({ uuid, kpp, fullName }) => (kpp ? uuid : fullName)),
  );
}

/** Banks are in the base already, as a classifier. */
export function seedBanks({ base }: Host, sample: SamplePackage): void {
  const codes = records<Counterparty>(sample, 'counterparty').flatMap(({ bank }) => (bank ? [bank.bik] : []));
  [...new Set([...codes, '048073601'])].forEach((code, index) => {
    put(base, 'Справочник.Банки', `ba000000-0000-4000-8000-${String(index).padStart(12, '0')}`, {
      Код: code,
      Наименование: `Банк ${code}`,
    });
  });
}

export const SALE = 'Документ.РеализацияТоваровУслуг';
export const INVOICE = 'Документ.СчетФактураВыданный';
export const BUYER = 'Справочник.Контрагенты';
