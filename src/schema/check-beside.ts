import { coreCount, moduleBeside, openPool, type Pool } from '../support/pool.ts';
import { createValidator, type Validator } from './validate.ts';
import type { Checked, CheckTask } from './validate.worker.ts';
import type { XsdDocument } from './xsd.ts';

/**
 * Checks messages against a schema beside the work of its caller: in a thread of its own, one after another.
 *
 * A thread costs more than a small message and gives nothing on one core, so it is started by the first message that is
 * worth it; what came before it, or never needs it, is checked at once.
 */
export interface BesideChecker {
  /**
   * @param length of the message, which stands at the beginning of the buffer
   * @returns what is wrong with it, and the buffer, which must not be touched until then
   * @throws Error where the schema is wrong or the thread is lost
   */
  check(buffer: ArrayBuffer, length: number): Promise<Checked>;
  /** Gives back the memory of the schema and of the thread; checks that are not done fail. */
  dispose(): void;
}

/** Who writes messages this big writes more of them. */
const WORTH_A_THREAD = 256 * 1024;

/** @param threads false: everything is checked at once */
export function createBesideChecker(
  documents: readonly XsdDocument[],
  threads = coreCount() > 1,
): BesideChecker {
  let pool: Pool<CheckTask, Checked> | undefined;
  let direct: Validator | undefined;
  return {
    async check(buffer, length) {
      if (!pool && (!threads || length < WORTH_A_THREAD)) {
        direct ??= createValidator(documents);
        return { problems: direct.check(new Uint8Array(buffer, 0, length)), buffer };
      }
      pool ??= openPool({
        module: moduleBeside(import.meta.url, './validate.worker'),
        data: documents,
        size: 1,
      });
      return pool.run({ buffer, length }, [buffer]);
    },
    dispose() {
      direct?.dispose();
      direct = undefined;
      void pool?.close();
      pool = undefined;
    },
  };
}
