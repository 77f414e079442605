import { Moved, serveTasks } from '../support/worker.ts';
import { createValidator, type XsdProblem } from './validate.ts';
import type { XsdDocument } from './xsd.ts';

/** A thread that checks messages against one schema. */

/** A message stands at the beginning of the buffer. */
export interface CheckTask {
  buffer: ArrayBuffer;
  length: number;
}

export interface Checked {
  problems: XsdProblem[];
  /** The task's buffer, back again. */
  buffer: ArrayBuffer;
}

serveTasks((documents: readonly XsdDocument[]) => {
  const validator = createValidator(documents);
  return ({ buffer, length }: CheckTask) => {
    const problems = validator.check(new Uint8Array(buffer, 0, length));
    return new Moved<Checked>({ problems, buffer }, [buffer]);
  };
});
