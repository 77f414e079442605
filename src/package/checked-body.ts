import { type Fault, fault } from '../faults/fault.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import type { FormatObject } from '../formats/format.ts';
import type { BesideChecker } from '../schema/check-beside.ts';
import type { XsdProblem } from '../schema/validate.ts';
import type { Appender } from '../support/appender.ts';

/** Objects checked by the schema at once, at most so many and so many bytes: libxml2 builds a tree of them. */
const OBJECTS_PER_CHECK = 125;
const BYTES_PER_CHECK = 512 * 1024;
/** Messages under way: one is checked, one waits, while the next one is written. */
const CHECKS_AHEAD = 2;
/** Of one message. */
const PROBLEMS_SHOWN = 5;

/**
 * Objects of a message on their way into the files of its parts. They are gathered as bytes outside the JS heap, encoded
 * once, and leave together: into the file, and as a message of their own through the schema check, which may go on
 * while the next ones are gathered.
 */
export interface CheckedBody {
  put(object: FormatObject, file: Appender): void;
  /** Writes what was gathered: a part ends. */
  flush(file: Appender): void;
  /** Waits while more checks are under way than may run ahead. */
  ready(): Promise<void> | undefined;
  /** Waits for all checks. */
  done(): Promise<void>;
}

type Known = Pick<FormatObject, 'element' | 'uuid'>;

/** @param report told of problems in the order of the objects */
export function createCheckedBody(
  { head, tail, fileName }: MessageFormat,
  checker: BesideChecker,
  report: (found: Fault) => void,
): CheckedBody {
  const messageHead = head(1);
  const start = Buffer.byteLength(messageHead);
  const tailBytes = Buffer.byteLength(tail);
  const spare: ArrayBuffer[] = [];
  const underWay: Promise<void>[] = [];
  let block = blockFor(BYTES_PER_CHECK);
  let used = start;
  let objects: Known[] = [];

  /** A block that begins with the head. */
  function blockFor(bytes: number): Buffer<ArrayBuffer> {
    const kept = spare.pop();
    const fits = kept && kept.byteLength >= bytes;
    const fresh = fits ? Buffer.from(kept) : (Buffer.allocUnsafeSlow(bytes) as Buffer<ArrayBuffer>);
    fresh.write(messageHead);
    return fresh;
  }
  const check = async (buffer: ArrayBuffer, length: number, checked: readonly Known[]): Promise<void> => {
    const { problems, buffer: back } = await checker.check(buffer, length);
    spare.push(back);
    for (const found of problems.slice(0, PROBLEMS_SHOWN)) report(invalid(found, checked, fileName));
  };
  const flush = (file: Appender): void => {
    if (objects.length === 0) return;
    file.write(block.subarray(start, used));
    used += block.write(tail, used);
    const checking = check(block.buffer, used, objects);
    checking.catch(() => {}); // it is asked for later
    underWay.push(checking);
    block = blockFor(BYTES_PER_CHECK);
    used = start;
    objects = [];
  };
  const settle = async (most: number): Promise<void> => {
    while (underWay.length > most) await underWay.shift();
  };
  return {
    put({ xml, element, uuid }, file) {
      const room = xml.length * 3 + 1 + tailBytes;
      if (objects.length === OBJECTS_PER_CHECK || used + room > block.length) flush(file);
      if (used + room > block.length) block = blockFor(used + room);
      used += block.write(xml, used);
      used += block.write('\n', used);
      objects.push({ element, uuid });
    },
    flush,
    ready: () => (underWay.length > CHECKS_AHEAD ? settle(CHECKS_AHEAD) : undefined),
    done: () => settle(0),
  };
}

/** Lines of the head of a message: an object stands on the line after them (declaration, Message, Header, Body). */
const HEAD_LINES = 4;

function invalid({ line, message: reason }: XsdProblem, objects: readonly Known[], file: string): Fault {
  const found = objects[line - HEAD_LINES - 1];
  return fault(
    'BG1C-MESSAGE-INVALID',
    { reason },
    found && { target: { file, xpath: `${found.element}[${found.uuid}]` } },
  );
}
