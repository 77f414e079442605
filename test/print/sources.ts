import { readFileSync } from 'node:fs';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import { type Forms, openForms } from '../../src/formats/printed-forms/forms.ts';
import type { PrintSource } from '../../src/formats/printed-forms/source.ts';
import { createSourceCollector } from '../../src/model/document-source.ts';
import type { CanonicalRecord, DocumentKind } from '../../src/model/types.ts';
import { shipped } from '../../src/support/root.ts';

export const SAMPLE = 'samples/october-2026';
export const CODE = 'bashnet';

let sources: PrintSource[] | undefined;

/** Documents of the sample package; read once. */
export function sampleSources(): readonly PrintSource[] {
  sources ??= readSources();
  return sources;
}

function readSources(): PrintSource[] {
  const collect = createSourceCollector();
  const lines = readFileSync(shipped(`${SAMPLE}/out/documents.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => collect(JSON.parse(line) as CanonicalRecord)).filter((one) => one !== undefined);
}

export function sampleSource(kind: DocumentKind): PrintSource {
  return sampleSources().find(({ document }) => document.record === kind)!;
}

/** The VAT invoice of the sample as an УПД: with tax of status 1, without of status 2. */
export function sampleUpd(status: '1' | '2'): PrintSource {
  const source = sampleSource('vat-invoice');
  const {
    act,
    actNumber: _number,
    actDate: _date,
    ...document
  } = source.document as never as Record<string, never>;
  const invoice = status === '1' ? { vatInvoiceUuid: document.uuid } : {};
  return { ...source, document: { ...(document as object), record: 'upd', uuid: act, ...invoice } as never };
}

/** A document with so many lines; its sums are those of the lines. */
export function manyLines(source: PrintSource, count: number): PrintSource {
  const { line, service } = source.lines[0]!;
  const lines = Array.from({ length: count }, (_, index) => ({
    line: { ...line, content: `Услуга номер ${index + 1} с названием` },
    service,
  }));
  const document = {
    ...source.document,
    sum: line.sum * count,
    vat: line.vat * count,
    lines: lines.map((one) => one.line),
  };
  return { ...source, document, lines };
}

export function sampleConfig(print: Partial<Config['print']> = {}): Config {
  const { config, faults } = loadConfig(shipped(`${SAMPLE}/bg1c.yaml`));
  if (!config) throw new Error(JSON.stringify(faults));
  const signer = {
    position: 'Генеральный директор',
    name: { last: 'Каримов', first: 'Ильдар', middle: 'Фанисович' },
    authority: 1 as const,
  };
  const organizations = config.organizations.map((one) => ({ ...one, signer }));
  return { ...config, organizations, print: { ...config.print, ...print } };
}

export function sampleForms(print: Partial<Config['print']> = {}): Forms {
  const { forms, faults } = openForms(sampleConfig(print), CODE);
  if (!forms) throw new Error(JSON.stringify(faults));
  return forms;
}

/** The bytes of a form; throws where it was refused. */
export function pdfOf(forms: Forms, source: PrintSource): Buffer {
  const { bytes, faults } = forms.make(source);
  if (!bytes) throw new Error(JSON.stringify(faults));
  return bytes;
}
