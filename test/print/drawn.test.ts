import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';
import { receiptOf } from '../../tools/soak-world.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';
import { POPPLER, pagesOf } from './judges.ts';
import { SAMPLE } from './sources.ts';

const folder = temporaryFolders();
const BASE = '11111111-1111-4111-8111-111111111111';
const CONNECTION = 'Srvr="server";Ref="buh";';

/** The sample month with numbers that 1C draws, ready to be printed, sent and exchanged. */
async function drawnMonth() {
  const cwd = folder();
  cpSync(shipped(`${SAMPLE}/in`), join(cwd, 'in'), { recursive: true });
  const settings = readFileSync(shipped(`${SAMPLE}/bg1c.yaml`), 'utf8')
    .replace(/^onec:\n/m, `onec:\n  infobase: { id: '${BASE}', connection: ['${CONNECTION}'] }\n`)
    .replace(
      /^( {4})firms: /m,
      '$1signer: { position: Директор, name: { last: Каримов, first: Ильдар }, authority: 1 }\n$&',
    )
    .replace(/^numbering:\n {2}by: billing\n/m, 'numbering:\n  by: onec\n');
  const mail =
    'channels:\n  mail:\n    from: { address: b@isp.example, name: Башнет }\n    smtp: { host: localhost }\n';
  writeFileSync(join(cwd, 'bg1c.yaml'), `${settings}\n${mail}`);
  const files = (): string[] =>
    readdirSync(join(cwd, 'out'))
      .filter((name) => name.endsWith('.zip'))
      .map((name) => join('out', name));
  const build = async (): Promise<void> => {
    const { exit, out, err } = await bg1c(cwd, 'build', 'in', '--period', '2026-10', '--out', 'out');
    if (exit !== 0) throw new Error(out + err);
  };
  await build();
  const [file] = files();
  return { cwd, file: file!, files, build };
}

/** 1C's receipt: numbers as the base has them, with prefix and zeros. @returns how many it drew */
async function receive(cwd: string, file: string): Promise<number> {
  let drawn = 0;
  const receipt = await receiptOf(join(cwd, file), (one) => {
    one.infobase = { ...one.infobase, id: BASE, connection: CONNECTION };
    for (const object of one.objects) {
      if (object.sum === undefined) continue;
      object.number = `БШ00-${String(++drawn).padStart(6, '0')}`;
      if (object.kind === 'vat-invoice')
        object.advanceInvoices = [{ number: 'БШ00-000917', date: '2026-10-05' }];
    }
  });
  writeFileSync(join(cwd, 'receipt.json'), JSON.stringify(receipt));
  expect(await bg1c(cwd, 'receipt', 'receipt.json')).toMatchObject({ exit: 0 });
  return drawn;
}

const codesOf = (outcome: Awaited<ReturnType<typeof bg1c>>): Set<string> =>
  new Set(jsonOf(outcome).faults.map(({ code }) => code));

interface Listed {
  files: { kind: string; number: string; file: string }[];
}

describe('numbers that 1C draws', { timeout: 90_000 }, () => {
  it('nothing goes out before they are known, and it is said why', async () => {
    const { cwd, file } = await drawnMonth();
    const printed = await bg1c(cwd, 'print', file, '--json');
    expect(jsonOf(printed)).toMatchObject({ exit: 1, files: [] });
    expect(codesOf(printed)).toContain('BG1C-PRINT-NUMBER');
    const upd = await bg1c(cwd, 'upd', file, '--json');
    expect(upd.exit).toBe(1);
    expect(codesOf(upd)).toContain('BG1C-UPD-NOT-NUMBERED');
    expect(codesOf(upd)).not.toContain('BG1C-NUMBER-MISSING');
    expect((await bg1c(cwd, 'send', 'mail', '--dry-run', '--json')).out).toContain('BG1C-SEND-WAITING');
    await bg1c(cwd, 'preview', file, '--out', 'p.html');
    expect(readFileSync(join(cwd, 'p.html'), 'utf8')).toContain('даст 1С');
  });

  it('then forms bear them as 1C prints them, and so do the act and the advance of a VAT invoice', async () => {
    const { cwd, file } = await drawnMonth();
    const drawn = await receive(cwd, file);
    const { files } = jsonOf(await bg1c(cwd, 'print', file, '--out', 'forms', '--json')) as never as Listed;
    expect(files).toHaveLength(drawn);
    expect(files.map(({ number }) => Number(number)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: drawn }, (_, index) => index + 1),
    );
    for (const one of files) expect(one.file).toContain(` № ${one.number} от `);
    const number = files[0]!.number.padStart(6, '0');
    const asked = await bg1c(cwd, 'print', file, '--out', 'one', '--doc', `БШ00-${number}`, '--json');
    expect((jsonOf(asked) as never as Listed).files).toHaveLength(1);
    if (!POPPLER) return;
    const invoice = files.find(({ kind }) => kind === 'vat-invoice')!;
    const text = pagesOf(folder(), readFileSync(join(cwd, 'forms', invoice.file))).join();
    expect(text).toContain(`Счет-фактура № ${invoice.number} от`);
    expect(text).toMatch(/№ п\/п 1(-\d+)? № \d+ от/);
    expect(text).toContain('№ 917 от 05.10.2026');
    expect(text).not.toContain('БШ00');
  });

  it('УПД files and letters bear them too', async () => {
    const { cwd, file } = await drawnMonth();
    await receive(cwd, file);
    const upd = jsonOf(await bg1c(cwd, 'upd', file, '--out', 'upd', '--json')) as never as Listed;
    const written = upd.files.filter((one) => one.file !== undefined);
    expect(written.length).toBeGreaterThan(0);
    for (const { number } of upd.files) expect(number).toMatch(/^\d+$/);
    const xml = new TextDecoder('windows-1251').decode(readFileSync(join(cwd, 'upd', written[0]!.file)));
    expect(xml).toContain(`НомерДок="${written[0]!.number}"`);
    expect(xml).not.toContain('БШ00');
    await bg1c(cwd, 'send', 'mail', '--dry-run', '--out', 'letters');
    const letters = readdirSync(join(cwd, 'letters'));
    expect(letters.length).toBeGreaterThan(0);
    const letter = await simpleParser(readFileSync(join(cwd, 'letters', letters[0]!)));
    const said = [letter.subject, letter.text, ...letter.attachments.map(({ filename }) => filename)].join(
      '\n',
    );
    expect(said).toMatch(/№ \d+ от 31\.10\.2026\.pdf/);
    expect(said).not.toContain('БШ00');
  });

  it('a package that is built afterwards has the number of the books, and its page says what is on paper', async () => {
    const { cwd, file, files, build } = await drawnMonth();
    await receive(cwd, file);
    await build();
    const later = files().find((one) => one !== file)!;
    await bg1c(cwd, 'preview', later, '--out', 'p.html');
    const page = readFileSync(join(cwd, 'p.html'), 'utf8');
    expect(page).toMatch(/БШ00-000001<br><span class="soft">на печати 1</);
    const { files: printed } = jsonOf(
      await bg1c(cwd, 'print', later, '--out', 'forms', '--json'),
    ) as never as Listed;
    for (const { number } of printed) expect(number).toMatch(/^[1-9]\d*$/);
  });
});
