import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/faults/collector.ts';
import { type Fault, fault } from '../../src/faults/fault.ts';

const at = (line: number, file = 'documents.csv'): { source: { file: string; line: number } } => ({
  source: { file, line },
});
const required = (column: string, line: number, file?: string): Fault =>
  fault('BG1C-VALUE-REQUIRED', { column }, at(line, file));

describe('merging', () => {
  it('makes one fault of one text at many places', () => {
    const collector = createCollector();
    collector.add([required('summ', 2), required('summ', 5), required('cid', 5)]);
    collector.add(required('summ', 9));
    expect(collector.list().map(({ message, count, paths }) => ({ message, count, paths }))).toEqual([
      {
        message: 'Не заполнено «summ»',
        count: 3,
        paths: ['documents.csv:2', 'documents.csv:5', 'documents.csv:9'],
      },
      { message: 'Не заполнено «cid»', count: 1, paths: ['documents.csv:5'] },
    ]);
  });

  it('counts a place that comes twice, and names it once', () => {
    const collector = createCollector();
    collector.add([required('summ', 2), required('summ', 2)]);
    expect(collector.list()).toEqual([expect.objectContaining({ count: 2, paths: ['documents.csv:2'] })]);
  });

  it('does not change the faults it was given', () => {
    const collector = createCollector();
    const first = required('summ', 2);
    collector.add(first);
    collector.add(required('summ', 3));
    expect(first).toEqual(required('summ', 2));
  });
});

describe('order', () => {
  it('is errors, warnings, notices; then code; then file, line', () => {
    const collector = createCollector();
    collector.add([
      fault('BG1C-CONTRACT-DATE-MISSING', { contract: '1' }, at(1)),
      required('b', 10),
      required('a', 9),
      required('c', 1, 'contracts.csv'),
      fault('BG1C-INN-MISSING', { name: 'n', contract: '1' }, at(3)),
      fault('BG1C-DOCUMENT-SUM', { number: '1', sum: '0' }, at(99)),
    ]);
    expect(collector.list().map(({ severity, code, paths }) => `${severity} ${code} ${paths[0]}`)).toEqual([
      'error BG1C-DOCUMENT-SUM documents.csv:99',
      'error BG1C-VALUE-REQUIRED contracts.csv:1',
      'error BG1C-VALUE-REQUIRED documents.csv:9',
      'error BG1C-VALUE-REQUIRED documents.csv:10',
      'warning BG1C-INN-MISSING documents.csv:3',
      'notice BG1C-CONTRACT-DATE-MISSING documents.csv:1',
    ]);
  });

  it('is the same whatever order findings come in', () => {
    const findings = fc.array(
      fc.record({
        column: fc.constantFrom('a', 'b', 'c'),
        line: fc.integer({ min: 1, max: 5 }),
        file: fc.constantFrom('x.csv', 'y.csv'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(findings, (all) => {
        const summary = (order: typeof all): string[] => {
          const collector = createCollector();
          for (const { column, line, file } of order) collector.add(required(column, line, file));
          return collector
            .list()
            .map(({ message, count, paths }) => `${message} ${count} ${[...paths].sort().join()}`)
            .sort();
        };
        expect(summary([...all].reverse())).toEqual(summary(all));
      }),
    );
  });
});

describe('caps', () => {
  it('keeps 50 places of a text and counts them all', () => {
    const collector = createCollector();
    for (let line = 1; line <= 80; line++) collector.add(required('summ', line));
    const [found] = collector.list();
    expect(found!.paths).toHaveLength(50);
    expect(found!.count).toBe(80);
  });

  it('keeps 200 texts of a code and counts all findings, the rest at the last text', () => {
    const collector = createCollector();
    for (let line = 1; line <= 500; line++) collector.add(required(`column ${line}`, line));
    collector.add(fault('BG1C-SOURCE-EMPTY', { file: 'a' }));
    const kept = collector.list().filter(({ code }) => code === 'BG1C-VALUE-REQUIRED');
    expect(kept).toHaveLength(200);
    expect(kept.map(({ count }) => count)).toEqual([...Array.from({ length: 199 }, () => 1), 301]);
    expect(Object.fromEntries(collector.counts())).toEqual({
      'BG1C-SOURCE-EMPTY': 1,
      'BG1C-VALUE-REQUIRED': 500,
    });
  });

  it('still merges into the texts it kept', () => {
    const collector = createCollector();
    for (let line = 1; line <= 300; line++) collector.add(required(`column ${line}`, line));
    collector.add(required('column 1', 999));
    expect(collector.list().find(({ message }) => message.includes('«column 1»'))!.count).toBe(2);
  });
});

describe('verdicts', () => {
  it('know the severities met and whether the build must stop', () => {
    const collector = createCollector();
    expect(collector.has('error')).toBe(false);
    collector.add(required('a', 1));
    expect([collector.has('error'), collector.has('warning'), collector.stopped()]).toEqual([
      true,
      false,
      false,
    ]);
    collector.add(fault('BG1C-SOURCE-EMPTY', { file: 'a' }));
    expect(collector.stopped()).toBe(true);
  });
});
