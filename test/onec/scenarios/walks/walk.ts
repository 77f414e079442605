import type { BinaryData } from '../../library/binary.ts';
import type { OpenForm } from '../../processing/form.ts';
import type { World } from '../world.ts';

/** What the accountant and the administrator do with the form and the commands, besides loading. */
export interface Walk {
  title: string;
  run(world: World): void;
}

/** Warnings shown since the last look. */
export function warned(form: OpenForm): string[] {
  return form.ui.warnings.splice(0);
}

/** Text of the file that was given to the user last. */
export function savedText(form: OpenForm): string {
  return (form.ui.saved.at(-1)!.data as BinaryData).bytes.toString('utf8');
}
