import type { DocumentSource } from '../../model/document-source.ts';
import type { ImageName } from './form-data.ts';

/** A document to be printed; its number, and the act's of a VAT invoice, are those of the books. */
export type PrintSource = DocumentSource;

/** What the forms of one organisation share, from its configuration. */
export interface PrintSetting {
  head?: { position: string; name: string; power: string } | undefined;
  accountant?: string | undefined;
  /** Of a sole trader: when it was registered (ISO day). */
  registered?: string | undefined;
  /** Days from the bill's date to the last day of payment. */
  dueDays?: number | undefined;
  qr: boolean;
  images: readonly ImageName[];
}
