import { afterEach, describe, expect, it } from 'vitest';
import { type BesideChecker, createBesideChecker } from '../../src/schema/check-beside.ts';
import { loadProfile } from '../../src/schema/load.ts';
import { createValidator } from '../../src/schema/validate.ts';
import { messageXsd } from '../../src/schema/xsd.ts';
import { everyRoot, HEADER_PROFILE, message } from './messages.ts';

const profile = loadProfile('enterprise-data', '1.20');
const schemas = messageXsd(profile, HEADER_PROFILE);
const good = Object.values(everyRoot(profile)).join('');
const bad = good.replace('<Сумма>', '<Сумма>x');

/** Big enough for a thread; `wrong` says which of its lines holds a wrong sum. */
function big(wrong?: number): Buffer {
  const lines = Array.from({ length: 60 }, (_, index) => (index === wrong ? bad : good));
  return Buffer.from(message(profile, lines));
}

/** A copy in a buffer of its own, with room behind it. */
function task(xml: Buffer): [ArrayBuffer, number] {
  const bytes = new Uint8Array(xml.length + 100);
  bytes.set(xml);
  return [bytes.buffer, xml.length];
}

const open: BesideChecker[] = [];
const checker = (threads?: boolean): BesideChecker => {
  const opened = createBesideChecker(schemas, threads);
  open.push(opened);
  return opened;
};

afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

describe('the check beside the work of its caller', () => {
  it('finds in a thread what the validator finds, message by message', async () => {
    expect(big().length).toBeGreaterThan(512 * 1024);
    const validator = createValidator(schemas);
    const messages = [big(3), big(), big(59)];
    const expected = messages.map((xml) => validator.check(xml));
    validator.dispose();
    const beside = checker(true);
    const found = await Promise.all(messages.map((xml) => beside.check(...task(xml))));
    expect(found.map(({ problems }) => problems)).toEqual(expected);
    expect(expected.map((problems) => problems.map(({ line }) => line))).toEqual([[7], [], [63]]);
  });

  it('takes the buffer and gives it back', async () => {
    const [buffer, length] = task(big());
    const checking = checker(true).check(buffer, length);
    expect(buffer.byteLength).toBe(0);
    expect((await checking).buffer.byteLength).toBe(length + 100);
  });

  it('needs no thread for a small message, nor where there is one core', async () => {
    const small = task(Buffer.from(message(profile, [bad])));
    const [buffer] = small;
    expect((await checker(true).check(...small)).problems).not.toEqual([]);
    expect(buffer.byteLength).toBeGreaterThan(0);
    const [large, length] = task(big(0));
    expect((await checker(false).check(large, length)).problems).not.toEqual([]);
    expect(large.byteLength).toBeGreaterThan(0);
  });

  it('fails where the schema is wrong, in a thread too', async () => {
    const wrong = createBesideChecker([{ name: 'x.xsd', text: '<a/>' }], true);
    open.push(wrong);
    await expect(wrong.check(...task(big()))).rejects.toThrow();
  });

  it('fails, and does not wait for ever, when it is disposed of', async () => {
    const beside = checker(true);
    const checking = beside.check(...task(big()));
    beside.dispose();
    await expect(checking).rejects.toThrow(/closed/);
  });
});
