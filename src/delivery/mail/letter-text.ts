import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '../../support/html.ts';
import { shipped } from '../../support/root.ts';

/** The words of a letter. */
export interface LetterText {
  subject: string;
  text: string;
  html: string;
}

export interface LetterValues {
  organization: string;
  counterparty: string;
  /** «октябрь 2026 г.» */
  period: string;
  account: string;
  contract: string;
  /** «Счёт № 501/10 от 01.10.2026 на 6 283,01 ₽», one a document. */
  documents: readonly string[];
}

/** Two files with `{name}` in the place of values; the first line of the plain one is «Тема: …». */
export interface LetterTemplates {
  subject: string;
  text: string;
  html: string;
}

/** Words that ship, to be copied and changed. */
export const LETTER_TEMPLATES = shipped('schemas/mail');

const SUBJECT = /^Тема: (.+)\r?\n(?:\r?\n)?/;
const NAMES: readonly string[] = [
  'organization',
  'counterparty',
  'period',
  'account',
  'contract',
  'documents',
];

/** A template cannot be used; the text is Russian. */
export class LetterTemplateError extends Error {}

/**
 * @param own folder with the customer's own `letter.txt` and `letter.html`; one that is not there is ours
 * @throws LetterTemplateError
 */
export function loadLetterTemplates(own: string | undefined): LetterTemplates {
  const plain = read(own, 'letter.txt');
  const rich = read(own, 'letter.html');
  const [first, subject] = SUBJECT.exec(plain) ?? [];
  if (subject === undefined || first === undefined)
    throw new LetterTemplateError('letter.txt: первая строка — не «Тема: …»');
  for (const [file, text] of [
    ['letter.txt', plain],
    ['letter.html', rich],
  ] as const)
    for (const [, name] of text.matchAll(/\{(\w+)\}/g))
      if (!NAMES.includes(name!))
        throw new LetterTemplateError(
          `${file}: неизвестное {${name}}; есть ${NAMES.map((one) => `{${one}}`).join(', ')}`,
        );
  return { subject, text: plain.slice(first.length), html: rich };
}

/** Values are text: in HTML they are escaped, in the subject they stand in one line. */
export function letterText(templates: LetterTemplates, values: LetterValues): LetterText {
  const { documents, ...words } = values;
  const plain = { ...words, documents: documents.map((one) => `— ${one}`).join('\n') };
  const escaped = Object.fromEntries(
    Object.entries(words).map(([name, value]) => [name, html`${value}`.html]),
  );
  const rich = { ...escaped, documents: documents.map((one) => html`<li>${one}</li>`.html).join('\n') };
  return {
    subject: fill(templates.subject, plain).replace(/\s+/g, ' ').trim(),
    text: fill(templates.text, plain),
    html: fill(templates.html, rich),
  };
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}

function read(own: string | undefined, name: string): string {
  try {
    if (own !== undefined) return readFileSync(join(own, name), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new LetterTemplateError(`${name} не читается (${code})`);
  }
  return readFileSync(join(LETTER_TEMPLATES, name), 'utf8');
}
