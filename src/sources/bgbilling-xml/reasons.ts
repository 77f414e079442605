/** What saxes says of XML that is none, in Russian; the first expression that fits counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^unclosed tag: (.+)$/,
    'файл обрывается: элемент <$1> не закрыт; если файл целый, проверьте знаки & в этом месте: нужно &amp;',
  ],
  [/^unexpected end\.$/, 'файл обрывается посреди элемента'],
  [/^document must contain a root element\.$/, 'в файле нет ни одного элемента'],
  [/^unmatched closing tag: (.+)\.$/, 'закрыт элемент <$1>, который не открыт'],
  [/^unexpected close tag\.$/, 'элементы закрыты не в том порядке'],
  [/^duplicate attribute: (.+)\.$/, 'атрибут «$1» повторяется'],
  [/^documents may contain only one root\.$/, 'после последнего элемента идёт ещё один'],
  [/^text data outside of root node\.$/, 'текст стоит вне элементов'],
  [/^undefined entity\.$/, 'неизвестная сущность: допустимы &lt; &gt; &amp; &quot; &apos;'],
  [/^malformed character entity\.$/, 'недопустимый код символа (&#…;)'],
  [/entity name\.$|^(?:empty|disallowed character in) entity/, 'знак & записан неверно: нужно &amp;'],
  [/^disallowed character\.$/, 'символ, который не может стоять в XML'],
  [
    /^disallowed character in attribute name\.$|^no whitespace between attributes\.$/,
    'имя атрибута записано неверно',
  ],
  [/^attribute without value\.$|^unquoted attribute value\.$/, 'значение атрибута не в кавычках'],
  [
    /XML declaration|name\/value pairs|^expected |^value |^version number|^encoding value|^standalone/,
    'объявление <?xml …?> записано неверно',
  ],
  [/tag name|closing tag|forward-slash/, 'имя элемента записано неверно'],
];

/** @param message as saxes gives it: `12:7: unclosed tag: row` */
export function xmlReason(message: string): string {
  const text = message.replace(/^(?:\S*:)?\d+:\d+: /, '');
  for (const [pattern, reason] of REASONS) {
    const match = pattern.exec(text);
    if (match) return reason.replace('$1', match[1] ?? '');
  }
  return 'XML записан с ошибкой';
}
