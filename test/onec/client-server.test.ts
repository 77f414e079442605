import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModuleContext } from './language/context.ts';
import { call, instantiate } from './language/interpreter.ts';
import type { Machine, ModuleInstance } from './language/machine.ts';
import { compileModule } from './language/module-code.ts';
import { textOf } from './language/presentation.ts';
import { UNDEFINED } from './language/values.ts';
import { createMachine } from './run-code.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onec-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A form with one attribute, «Реквизит». */
function form(text: string): { machine: Machine; instance: ModuleInstance } {
  const machine = createMachine(folder);
  const attribute = { value: UNDEFINED };
  const context: ModuleContext = {
    property: (name) => (name === 'реквизит' ? attribute : undefined),
    method: () => undefined,
  };
  return { machine, instance: instantiate(machine, compileModule('Форма', 'form', text), context) };
}

function run(text: string, method: string): { result: string; calls: string[] } {
  const { machine, instance } = form(text);
  const result = textOf(call(machine, instance, method, [], 'client'), machine.session);
  return { result, calls: machine.session.serverCalls.map((one) => one.method) };
}

describe('клиент и сервер', () => {
  it('вызов сервера с клиента записан; внутри сервера вызовы обычные', () => {
    const text = `
      &НаКлиенте
      Функция Старт() Возврат НаСервер() + НаСервер(); КонецФункции
      &НаСервере
      Функция НаСервер() Возврат Внутри(); КонецФункции
      &НаСервереБезКонтекста
      Функция Внутри() Возврат 1; КонецФункции`;
    expect(run(text, 'Старт')).toEqual({ result: '2', calls: ['НаСервер', 'НаСервер'] });
  });

  it('реквизит общий для обеих сторон', () => {
    const text = `
      &НаКлиенте
      Функция Старт() Реквизит = "с клиента"; Дописать(); Возврат Реквизит; КонецФункции
      &НаСервере
      Процедура Дописать() Реквизит = Реквизит + ", с сервера"; КонецПроцедуры`;
    expect(run(text, 'Старт').result).toBe('с клиента, с сервера');
  });

  it('структура едет копией и возвращается изменённой; со Знач — не возвращается', () => {
    const text = `
      &НаКлиенте
      Функция Старт()
        А = Новый Структура("П", 1); Копия = А; Изменить(А);
        Б = Новый Структура("П", 1); ИзменитьЗнач(Б);
        Возврат "" + А.П + Копия.П + Б.П;
      КонецФункции
      &НаСервереБезКонтекста
      Процедура Изменить(С) С.П = 2; КонецПроцедуры
      &НаСервереБезКонтекста
      Процедура ИзменитьЗнач(Знач С) С.П = 2; КонецПроцедуры`;
    expect(run(text, 'Старт').result).toBe('211');
  });

  it('таблица значений с сервера не возвращается', () => {
    const text = `
      &НаКлиенте
      Функция Старт() Возврат Таблица(); КонецФункции
      &НаСервере
      Функция Таблица() Возврат Новый ТаблицаЗначений; КонецФункции`;
    expect(() => run(text, 'Старт')).toThrow('«ТаблицаЗначений» не передаётся между клиентом и сервером');
  });

  it.each([
    [
      'таблицы значений на клиенте нет',
      '&НаКлиенте Процедура Старт() Т = Новый ТаблицаЗначений; КонецПроцедуры',
      '«ТаблицаЗначений» недоступно на клиенте',
    ],
    [
      'файлов на клиенте нет',
      '&НаКлиенте Процедура Старт() УдалитьФайлы("а"); КонецПроцедуры',
      '«УдалитьФайлы» недоступно на клиенте',
    ],
    [
      'без контекста реквизит не виден',
      '&НаСервереБезКонтекста Процедура Старт() А = Реквизит; КонецПроцедуры',
      'Переменная не определена (Реквизит)',
    ],
    [
      'без контекста метод с контекстом не виден',
      '&НаСервереБезКонтекста Процедура Старт() Б(); КонецПроцедуры &НаСервере Процедура Б() КонецПроцедуры',
      'недоступен из метода без контекста',
    ],
    [
      'с сервера клиента не вызвать',
      '&НаСервере Процедура Старт() Б(); КонецПроцедуры &НаКлиенте Процедура Б() КонецПроцедуры',
      'не определена (Б)',
    ],
    [
      'переменная сервера на клиенте не видна',
      '&НаСервере Перем А; &НаКлиенте Процедура Старт() Б = А; КонецПроцедуры',
      'Переменная не определена (А)',
    ],
  ])('%s', (_, text, problem) => {
    expect(() => form(text)).toThrow(problem);
  });

  it('исключение сервера ловится на клиенте', () => {
    const text = `
      &НаКлиенте
      Функция Старт() Попытка Упасть(); Исключение Возврат ИнформацияОбОшибке().Описание; КонецПопытки; КонецФункции
      &НаСервере
      Процедура Упасть() ВызватьИсключение "беда"; КонецПроцедуры`;
    expect(run(text, 'Старт').result).toBe('беда');
  });
});

describe('покрытие', () => {
  it('считает операторы обеих половин модуля и называет строки, которые не выполнялись', () => {
    const { machine, instance } = form(
      [
        '&НаКлиенте',
        'Процедура Старт()',
        '\tА = 1;',
        '\tЕсли А = 2 Тогда',
        '\t\tА = 3;',
        '\tКонецЕсли;',
        'КонецПроцедуры',
        '&НаСервере',
        'Процедура Никто()',
        '\tА = 1;',
        'КонецПроцедуры',
      ].join('\n'),
    );
    call(machine, instance, 'Старт', [], 'client');
    expect(machine.coverage.report()).toEqual([
      { module: 'Форма', statements: 4, covered: 2, missedLines: [5, 10] },
    ]);
  });
});
