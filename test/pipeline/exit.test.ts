import { describe, expect, it } from 'vitest';
import { type Fault, fault } from '../../src/faults/fault.ts';
import { EXIT, exitCodeOf } from '../../src/pipeline/exit.ts';

const usage = fault('BG1C-PERIOD-AMBIGUOUS', { periods: 'a' });
const stop = fault('BG1C-SOURCE-EMPTY', { file: 'a' });
const document = fault('BG1C-VALUE-REQUIRED', { column: 'a' });
const warning = fault('BG1C-INN-MISSING', { name: 'a', contract: '1' });
const notice = fault('BG1C-CONTRACT-DATE-MISSING', { contract: '1' });

describe('exitCodeOf', () => {
  it.each<[string, Fault[], boolean, number, number]>([
    ['nothing found', [], true, 0, EXIT.done],
    ['warnings and notices', [warning, notice], true, 0, EXIT.done],
    ['an error of a document', [document], true, 0, EXIT.leftOut],
    ['a document left out', [], true, 1, EXIT.leftOut],
    ['nothing written', [document], false, 3, EXIT.errors],
    ['nothing written and nothing found', [], false, 0, EXIT.errors],
    ['an error in what all share', [stop, document], true, 1, EXIT.errors],
    ['a wrong call beside other errors', [document, stop, usage], false, 2, EXIT.usage],
  ])('%s', (_, faults, written, leftOut, code) => {
    expect(exitCodeOf(faults, written, leftOut)).toBe(code);
  });
});
