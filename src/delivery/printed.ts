import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import { formFileName, openForms } from '../formats/printed-forms/forms.ts';
import type { DocumentSource } from '../model/document-source.ts';

/** Makes the printed form that goes along with a document, or says why not. */
export type Printed = (source: DocumentSource) => {
  pdf?: { name: string; bytes: Uint8Array };
  faults: Fault[];
};

/** Templates and fonts are read when the first document of an organisation comes. */
export function formPrinter(config: Config): Printed {
  const opened = new Map<string, ReturnType<typeof openForms>>();
  return (source) => {
    const { code } = source.organization;
    const { forms, faults } = opened.get(code) ?? openForms(config, code);
    opened.set(code, { faults, ...(forms && { forms }) });
    if (!forms) return { faults };
    const made = forms.make(source);
    if (!made.bytes) return { faults: made.faults };
    return { pdf: { name: formFileName(source.document), bytes: made.bytes }, faults: made.faults };
  };
}
