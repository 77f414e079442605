/** Keywords of the language, in Russian and English, in lower case. */
export const KEYWORDS = {
  if: ['если', 'if'],
  thenDo: ['тогда', 'then'],
  elseIf: ['иначеесли', 'elsif'],
  else: ['иначе', 'else'],
  endIf: ['конецесли', 'endif'],
  for: ['для', 'for'],
  each: ['каждого', 'each'],
  of: ['из', 'in'],
  to: ['по', 'to'],
  while: ['пока', 'while'],
  do: ['цикл', 'do'],
  endDo: ['конеццикла', 'enddo'],
  procedure: ['процедура', 'procedure'],
  endProcedure: ['конецпроцедуры', 'endprocedure'],
  function: ['функция', 'function'],
  endFunction: ['конецфункции', 'endfunction'],
  variable: ['перем', 'var'],
  export: ['экспорт', 'export'],
  byValue: ['знач', 'val'],
  return: ['возврат', 'return'],
  break: ['прервать', 'break'],
  continue: ['продолжить', 'continue'],
  try: ['попытка', 'try'],
  except: ['исключение', 'except'],
  endTry: ['конецпопытки', 'endtry'],
  raise: ['вызватьисключение', 'raise'],
  new: ['новый', 'new'],
  and: ['и', 'and'],
  or: ['или', 'or'],
  not: ['не', 'not'],
  true: ['истина', 'true'],
  false: ['ложь', 'false'],
  undefined: ['неопределено', 'undefined'],
  null: ['null'],
  execute: ['выполнить', 'execute'],
  goto: ['перейти', 'goto'],
  addHandler: ['добавитьобработчик', 'addhandler'],
  removeHandler: ['удалитьобработчик', 'removehandler'],
} as const;

export type Keyword = keyof typeof KEYWORDS;

/** Words that cannot name a variable. (`Каждого`, `Из`, `По` are told apart by their place.) */
const RESERVED: ReadonlySet<string> = new Set<string>(
  Object.entries(KEYWORDS).flatMap(([name, words]) =>
    ['each', 'of', 'to'].includes(name) ? [] : [...words],
  ),
);

export function isReserved(word: string): boolean {
  return RESERVED.has(word.toLowerCase());
}
