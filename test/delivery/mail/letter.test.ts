import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MailConfig } from '../../../src/config/mail.ts';
import type { Captured } from '../../../src/delivery/channel.ts';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { letterTask, mailConfig, runMail } from './world.ts';

const folder = temporaryFolders();
const clock = (): Date => new Date('2026-11-03T08:00:00Z');
const task = letterTask(1, clock());
let journal: Journal;
beforeAll(() => {
  journal = openJournal(':memory:', clock).journal!;
});

/** What a dry run would have sent of some tasks, and what it says. */
async function dryRun(
  more: Partial<MailConfig>,
  tasks = [task],
): Promise<{ letters: Captured[]; codes: string[] }> {
  const letters: Captured[] = [];
  const own = openJournal(':memory:', clock).journal!;
  const summary = await runMail({
    ...{ config: mailConfig(1, more), journal: own, clock, tasks },
    capture: (one) => letters.push(one),
  });
  return { letters, codes: summary.faults.map(({ code }) => code) };
}

const bytesOf = ({ body }: Captured): Buffer => Buffer.from(body);

describe('a letter', () => {
  it('has subject, plain and HTML text, and the forms with their Russian names', async () => {
    const { letters } = await dryRun({ replyTo: 'buh@isp.example' });
    const parsed = await simpleParser(bytesOf(letters[0]!));
    expect(parsed.from!.value).toEqual([{ address: 'billing@isp.example', name: 'ООО «Башнет»' }]);
    expect(parsed.to).toMatchObject({
      value: [{ address: 'buh1@buyer.example', name: 'ООО «Покупатель 1»' }],
    });
    expect(parsed.replyTo!.value[0]!.address).toBe('buh@isp.example');
    expect(parsed.subject).toBe('ООО «Башнет»: документы за октябрь 2026 г., л/с 100201');
    expect(parsed.text).toContain('— Счёт № 1/10 от 01.10.2026 на 6\u00a0283,01 ₽');
    expect(parsed.text).toContain('по договору № Ю-00001/19');
    expect(parsed.html).toContain('<li>Акт № 1/10 от 31.10.2026 на 6\u00a0283,01 ₽</li>');
    expect(parsed.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['Счёт № 1-10 от 01.10.2026.pdf', 'application/pdf'],
      ['Акт № 1-10 от 31.10.2026.pdf', 'application/pdf'],
    ]);
    for (const { content } of parsed.attachments) expect(content.subarray(0, 5).toString()).toBe('%PDF-');
    expect(parsed.messageId).toBe(`<${task.parcel.key}@isp.example>`);
    expect(parsed.date).toEqual(clock());
  });

  it('is the same bytes whenever it is made again', async () => {
    const [first, second] = [await dryRun({}), await dryRun({})];
    expect(sha256(first.letters[0]!.body)).toBe(sha256(second.letters[0]!.body));
  });

  it('keeps hostile names text: no markup, no headers of their own', async () => {
    const name = 'ООО «<b>Рога</b>»\r\nBcc: all@buyer.example';
    const { letters } = await dryRun({}, [letterTask(1, clock(), { name })]);
    const eml = bytesOf(letters[0]!);
    const parsed = await simpleParser(eml);
    expect(parsed.html).toContain('ООО «&lt;b&gt;Рога&lt;/b&gt;»');
    expect(parsed.bcc).toBeUndefined();
    const head = eml.toString('latin1').split('\r\n\r\n')[0];
    expect(head).not.toMatch(/^Bcc:/im);
  });

  it('says how to be rid of letters, and can be answered with one click', async () => {
    const unsubscribe = { address: 'stop@isp.example', url: 'https://isp.example/u/{token}' };
    const { headers } = await simpleParser(bytesOf((await dryRun({ unsubscribe })).letters[0]!));
    const text = JSON.stringify([...headers]);
    expect(text).toContain(`https://isp.example/u/${task.parcel.key}`);
    expect(text).toContain('stop@isp.example');
    expect(text).toContain('One-Click');
  });

  it('one that is too large is left out with both sizes', async () => {
    const many = letterTask(1, clock());
    const { letters, codes } = await dryRun({ limits: { connections: 1, perConnection: 1, megabytes: 0 } }, [
      many,
    ]);
    expect(letters).toHaveLength(0);
    expect(codes).toEqual(['BG1C-MAIL-SIZE']);
  });
});

describe('DKIM, judged by another program', () => {
  it('passes, and covers both headers of unsubscribing', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keyFile = join(folder(), 'dkim.pem');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const record = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const { letters } = await dryRun({
      dkim: { domain: 'isp.example', selector: 'bg', keyFile },
      unsubscribe: { url: 'https://isp.example/u/{token}' },
    });
    // @ts-expect-error: the package has no types
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
    const resolver = async (name: string, type: string): Promise<string[][]> => {
      expect([name, type]).toEqual(['bg._domainkey.isp.example', 'TXT']);
      return [[`v=DKIM1; k=rsa; p=${record}`]];
    };
    const { results } = await dkimVerify(bytesOf(letters[0]!), { resolver });
    expect(results).toHaveLength(1);
    expect(results[0]!.status.result).toBe('pass');
    const signed = results[0]!.signingHeaders.keys.toLowerCase();
    for (const header of ['list-unsubscribe:', 'list-unsubscribe-post', 'from', 'subject', 'to', 'date'])
      expect(signed.replaceAll(': ', ':')).toContain(header);
  });

  it('a key that is not there is a setting to be mended', async () => {
    const dkim = { domain: 'isp.example', selector: 'bg', keyFile: join(folder(), 'none.pem') };
    await expect(dryRun({ dkim })).rejects.toMatchObject({ class: 'halted', code: 'settings' });
  });
});

describe('words of the customer', () => {
  it('stand in for ours', async () => {
    const templates = folder();
    writeFileSync(
      join(templates, 'letter.txt'),
      'Тема: Счёт {account}\n\nКому: {counterparty}\n{documents}\n',
    );
    const parsed = await simpleParser(bytesOf((await dryRun({ templates })).letters[0]!));
    expect(parsed.subject).toBe('Счёт 100201');
    expect(parsed.text).toContain('Кому: ООО «Покупатель 1», ИНН 1000000001');
    expect(parsed.html).toContain('Направляем документы');
  });

  it.each([
    ['Тема: {nobody}\n\n{documents}', '{nobody}'],
    ['Привет', 'Тема: …'],
  ])('%j is refused with the reason', async (text, reason) => {
    const templates = folder();
    writeFileSync(join(templates, 'letter.txt'), text);
    await expect(dryRun({ templates })).rejects.toThrow(reason);
  });
});

describe('the guard', () => {
  it('refuses a letter with a document of another buyer', async () => {
    const mine = letterTask(1, clock());
    const other = letterTask(2, clock());
    const mixed = {
      ...mine,
      parcel: { ...mine.parcel, documents: [...mine.parcel.documents, other.parcel.documents[0]!] },
    };
    const { letters, codes } = await dryRun({}, [mixed]);
    expect(letters).toHaveLength(0);
    expect(codes).toEqual(['BG1C-MAIL-MIXED']);
    expect(journal.records.deliveries.byKey(mine.delivery.key)).toBeUndefined();
  });

  it('groups by buyer and month, or not at all', () => {
    const [bill, act] = task.parcel.documents;
    const together = mailConfig(1);
    expect(mailChannel.group!(bill!, together)).toBe(mailChannel.group!(act!, together));
    const apart = mailConfig(1, { letter: 'document' });
    expect(mailChannel.group!(bill!, apart)).not.toBe(mailChannel.group!(act!, apart));
    const other = letterTask(2, clock()).parcel.documents[0]!;
    expect(mailChannel.group!(bill!, together)).not.toBe(mailChannel.group!(other, together));
  });
});
