import type { Config } from '../../config/types.ts';
import type { Fault } from '../../faults/fault.ts';
import { serveTasks } from '../../support/worker.ts';
import { openForms } from './forms.ts';
import type { PrintSource } from './source.ts';

/** A thread that prints documents of one organisation. */

export interface MakeData {
  config: Config;
  organization: string;
}

/** As `Forms.make` returns it, copied: the bytes are no Buffer any more. */
export interface MadeForm {
  bytes?: Uint8Array;
  faults: Fault[];
}

serveTasks(({ config, organization }: MakeData) => {
  const { forms, faults } = openForms(config, organization);
  return (sources: readonly PrintSource[]): MadeForm[] =>
    sources.map((source) => forms?.make(source) ?? { faults });
});
