import { readFileSync } from 'node:fs';
import type { Config, OrganizationConfig, PrintOrganizationConfig } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { documentName } from '../../model/document-name.ts';
import type { Document } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';
import type { ImageName } from './form-data.ts';
import { createFormPrinter, TemplateError } from './printer.ts';
import type { PrintSetting, PrintSource } from './source.ts';
import { formData } from './view.ts';
import { shortName } from './words.ts';

/** Printed forms of one organisation. */
export interface Forms {
  /** The document as a PDF; the same document gives the same bytes. */
  make(source: PrintSource): { bytes?: Buffer; faults: Fault[] };
}

const PICTURES: readonly (readonly [ImageName, keyof PrintOrganizationConfig])[] = [
  ['logo', 'logo'],
  ['stamp', 'stamp'],
  ['head-signature', 'headSignature'],
  ['accountant-signature', 'accountantSignature'],
];

/** Reads templates, fonts and pictures; made once for a run. */
export function openForms(
  { print, organizations }: Config,
  code: string,
): { forms?: Forms; faults: Fault[] } {
  const own = print.organizations[code] ?? {};
  const images: Partial<Record<ImageName, Buffer>> = {};
  const faults: Fault[] = [];
  for (const [name, key] of PICTURES) {
    const file = own[key];
    if (file === undefined) continue;
    try {
      images[name] = readFileSync(file);
    } catch (error) {
      const values = { file, key: `print.organizations.${code}.${key}`, reason: reasonOf(error) };
      faults.push(fault('BG1C-PRINT-IMAGE', values));
    }
  }
  if (faults.length > 0) return { faults };
  const seller = organizations.find((one) => one.code === code);
  const setting: PrintSetting = {
    head: seller && headOf(seller),
    accountant: own.accountant,
    registered: own.registered,
    dueDays: print.dueDays,
    qr: print.qr,
    images: Object.keys(images) as ImageName[],
  };
  try {
    const printer = createFormPrinter({ templates: print.templates, images });
    return { forms: { make: (source) => make(source, setting, printer.print) }, faults: [] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return {
      faults: [fault('BG1C-PRINT-FOLDER', { folder: print.templates ?? '', reason: reasonOf(error) })],
    };
  }
}

function make(
  source: PrintSource,
  setting: PrintSetting,
  print: (data: ReturnType<typeof formData>) => Buffer,
): { bytes?: Buffer; faults: Fault[] } {
  const { document } = source;
  if (document.number === '')
    return { faults: [fault('BG1C-PRINT-NUMBER', { document: documentTitle(document) })] };
  if (lacksPayments(source))
    return { faults: [fault('BG1C-PRINT-PAYMENTS', { document: documentTitle(document) })] };
  try {
    return { bytes: print(formData(source, setting)), faults: [] };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { faults: [fault('BG1C-PRINT-TEMPLATE', { template: error.template, reason: error.message })] };
  }
}

/** A VAT invoice of who pays in advance names the payments (design §10). */
function lacksPayments({ document, contract }: PrintSource): boolean {
  const invoice =
    document.record === 'vat-invoice' || (document.record === 'upd' && document.vatInvoiceUuid !== undefined);
  return invoice && contract.prepaid && (document.payments ?? []).length === 0;
}

function headOf({ signer }: OrganizationConfig): PrintSetting['head'] {
  if (!signer) return undefined;
  const { position = '', name, paper, mchd } = signer;
  const power = paper ?? mchd;
  return {
    position,
    name: shortName(name),
    power: power ? `по доверенности № ${power.number} от ${russianDate(power.issued)}` : '',
  };
}

/** «Счёт-фактура № 1045 от 31.10.2026» */
export function documentTitle(document: Document): string {
  return documentName({ ...document, kind: document.record });
}

/** «Счёт-фактура № А10-1045 от 31.10.2026.pdf»: without what file systems and letters do not take. */
export function formFileName(document: Document): string {
  return `${documentTitle(document).replace(/[\\/:*?"<>|\u0000-\u001f]/g, '-')}.pdf`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'такого файла нет' : (code ?? message);
}
