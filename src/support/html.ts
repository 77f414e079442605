/** A text that is markup already: made only here, so that nothing reaches a page unescaped. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template tag: values are escaped, unless they are {@link Html} or lists of it; `undefined` and `false` give nothing. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let text = strings[0]!;
  values.forEach((value, index) => {
    text += markup(value) + strings[index + 1]!;
  });
  return { html: text };
}

type HtmlValue = string | number | undefined | false | Html | readonly Html[];

function markup(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') return 'html' in value ? value.html : value.map((one) => one.html).join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Markup with a text between. */
export function join(parts: readonly Html[], between: string): Html {
  return { html: parts.map((part) => part.html).join(markup(between)) };
}
