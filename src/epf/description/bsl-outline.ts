/** What the builder needs to know of a BSL module: its methods. */
export interface Method {
  name: string;
  /** `НаКлиенте`, `НаСервере`, `НаСервереБезКонтекста` …; undefined in an object module. */
  directive: string | undefined;
  isFunction: boolean;
  exported: boolean;
  parameters: number;
  /** Line of the header, from 1. */
  line: number;
}

const HEAD =
  /(?:&([\p{L}\p{N}_]+)\s+)?(?:(?:Асинх|Async)\s+)?(Процедура|Функция|Procedure|Function)\s+([\p{L}\p{N}_]+)\s*\(([^)]*)\)([ \t]+(?:Экспорт|Export)(?![\p{L}\p{N}_]))?/giu;

/** Methods of a module in the order of the text; words are matched in any case, as 1C does. */
export function moduleMethods(text: string): Method[] {
  const code = withoutTexts(text);
  const methods: Method[] = [];
  for (const match of code.matchAll(HEAD)) {
    const [, directive, word, name, parameters, exported] = match;
    if (/[\p{L}\p{N}_]/u.test(code[match.index - 1] ?? '')) continue;
    const at = match.index + match[0].indexOf(word!);
    methods.push({
      name: name!,
      directive,
      isFunction: /^(функция|function)$/i.test(word!),
      exported: exported !== undefined,
      parameters: parameters!.trim() === '' ? 0 : parameters!.split(',').length,
      line: code.slice(0, at).split('\n').length,
    });
  }
  return methods;
}

/** Blanks strings (with their `|` continuations) and comments, so that words inside them are not taken for code. */
function withoutTexts(text: string): string {
  return text.replace(/"(?:[^"]|"")*"|\/\/[^\r\n]*|'[^'\r\n]*'/g, (found) => found.replace(/[^\r\n]/g, ' '));
}
