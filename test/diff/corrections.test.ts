import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/model/types.ts';
import { openPackage } from '../../src/package/read.ts';
import { status } from '../../src/pipeline/books/status.ts';
import type { BuildResult } from '../../src/pipeline/build/build.ts';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { checkMessage } from '../../src/pipeline/check/message.ts';
import { makeUpd } from '../../src/pipeline/documents/upd.ts';
import { reconcile, restore } from '../../src/pipeline/journal/restore.ts';
import { parseElement, type XmlElement } from '../../src/schema/read-elements.ts';
import { shipped } from '../../src/support/root.ts';
import { xmllint } from '../formats/xmllint.ts';
import { acceptedWorld, type Month, type World } from './world.ts';

const MONTH: Month = { 1: { sum: 122_00 }, 2: { sum: 244_00 } };
const CHANGED: Month = { ...MONTH, 1: { sum: 61_00 } };
const AGAIN: Month = { ...MONTH, 1: { sum: 73_20 } };
const UPD = `documents: { types: { 1: bill, 2: upd, 3: ignore } }`;

const codes = ({ faults }: BuildResult): string[] =>
  faults.flatMap(({ code, count }) => Array.from({ length: count }, (): string => code));

/** A world whose month 1C has accepted. */
async function accepted(month = MONTH, settings?: string): Promise<{ world: World; first: BuildResult }> {
  const world = acceptedWorld(settings);
  const first = await world.build(month);
  expect(codes(first)).toEqual([]);
  await world.accept(first);
  return { world, first };
}

const fileOf = ({ packages }: BuildResult): string => packages[0]!.files[0]!;

async function documents(world: World, result: BuildResult): Promise<Document[]> {
  const records = await world.records(fileOf(result));
  return records.filter((one): one is Document => 'lines' in one);
}

async function messageOf(file: string): Promise<string> {
  const { opened } = await openPackage(file);
  const lines: string[] = [];
  for await (const line of opened!.lines(opened!.message)) lines.push(line);
  opened!.close();
  return lines.join('\n');
}

/** Objects of the message by name. */
async function objects(file: string, name: string): Promise<XmlElement[]> {
  const body = parseElement(await messageOf(file)).children.find((one) => one.name === 'Body')!;
  return body.children.filter((one) => one.name === name);
}

function at(element: XmlElement, path: string): string | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path.split('/')) found = found?.children.find((one) => one.name === name);
  return found?.text;
}

describe('a month that 1C accepted', () => {
  it('is the same package while the export is the same', async () => {
    const { world, first } = await accepted();
    const again = await world.build(MONTH);
    expect(codes(again)).toEqual([]);
    expect(again.packages[0]!.packageId).toBe(first.packages[0]!.packageId);
  });

  it('keeps changed documents back and lists them; what is new goes', async () => {
    const { world } = await accepted();
    const month = { ...CHANGED, 3: { sum: 100_00 } };
    const second = await world.build(month);
    expect(second.exit).toBe(3);
    expect(codes(second)).toEqual(Array(3).fill('BG1C-ACCEPTED-CHANGED'));
    expect(second.faults[0]!.message).toContain('сумма 122,00 → 61,00, НДС 22,00 → 11,00');
    expect(second.leftOut.map(({ number }) => number).sort()).toEqual(['А1', 'С1', 'Ф1']);
    const sent = (await documents(world, second)).map(({ number }) => number);
    expect(sent.sort()).toEqual(['А2', 'А3', 'С2', 'С3', 'Ф2', 'Ф3']);
    const again = await world.build(month);
    expect(again.packages[0]!.packageId).toBe(second.packages[0]!.packageId);
  });

  it('is told apart by lines too, where the sums are the same', async () => {
    const { world } = await accepted();
    const second = await world.build({ ...MONTH, 1: { sum: 122_00, content: 'Интернет и телевидение' } });
    expect(second.faults[0]!.message).toContain('строки или лицевой счёт (суммы те же)');
    expect(second.leftOut).toHaveLength(3);
  });

  it('is held by the receipt alone: without one, or from another base, everything goes', async () => {
    const world = acceptedWorld();
    await world.build(MONTH);
    expect(codes(await world.build(CHANGED))).toEqual([]);
  });

  it('does not hold what is marked for deletion or was taken out of the base', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH), ({ objects }) => {
      for (const one of objects)
        if (one.number === 'А1') one.deletionMark = true;
        else if (one.number === 'Ф1' || one.number === 'С1') one.state = 'missing';
    });
    expect(codes(await world.build(CHANGED))).toEqual([]);
  });

  it('tells of documents that the export has no more, and leaves them alone', async () => {
    const { world } = await accepted();
    const second = await world.build({ 1: MONTH[1]! });
    expect(second.exit).toBe(0);
    expect(codes(second)).toEqual(Array(3).fill('BG1C-ACCEPTED-VANISHED'));
    expect(await objects(fileOf(second), 'УдалениеОбъекта')).toEqual([]);
  });

  it('is another package when the books have changed what there is to say of it', async () => {
    const { world, first } = await accepted();
    const alone: Month = { 1: MONTH[1]! };
    const told = await world.build(alone);
    expect((await world.build(alone)).packages[0]!.packageId).toBe(told.packages[0]!.packageId);
    await world.accept(first, ({ objects }) => {
      for (const one of objects) if (one.number?.endsWith('2')) one.deletionMark = true;
    });
    const silent = await world.build(alone);
    expect(codes(silent)).toEqual([]);
    expect(silent.packages[0]!.packageId).not.toBe(told.packages[0]!.packageId);
  });

  it('does not take a document for vanished that was left out for another reason', async () => {
    const { world } = await accepted();
    const second = await world.build({ ...MONTH, 1: { sum: 122_00, number: 'Ф-слишком-длинный-номер' } });
    expect(codes(second)).not.toContain('BG1C-ACCEPTED-VANISHED');
  });
});

describe('--corrections', () => {
  it('issues a VAT invoice anew as an исправление and sends act and bill under their UUIDs', async () => {
    const { world, first } = await accepted();
    const second = await world.build(CHANGED, { corrections: true });
    expect(second.exit).toBe(0);
    expect(codes(second)).toEqual(Array(3).fill('BG1C-CORRECTION-MADE'));
    const before = await documents(world, first);
    const after = await documents(world, second);
    const find = (all: Document[], number: string): Document => all.find((one) => one.number === number)!;
    expect(find(after, 'А1')).toMatchObject({ uuid: find(before, 'А1').uuid, sum: 61_00 });
    expect(find(after, 'Ф1')).toMatchObject({
      correction: { number: 1, date: '2026-11-04', original: find(before, 'Ф1').uuid },
      sum: 61_00,
    });
    expect(find(after, 'Ф1').uuid).not.toBe(find(before, 'Ф1').uuid);
    expect(find(after, 'Ф2')).toEqual(find(before, 'Ф2'));
  });

  it('writes it as 1C wants it: its own day, no number, tied to the first one', async () => {
    const { world, first } = await accepted();
    const second = await world.build(CHANGED, { corrections: true });
    const original = (await documents(world, first)).find(({ number }) => number === 'Ф1')!;
    const corrected = (await objects(fileOf(second), 'Документ.СчетФактураВыданный')).filter((one) =>
      one.children.some(({ name }) => name === 'ИсправляемыйСчетФактура'),
    );
    expect(corrected).toHaveLength(1);
    const text = (path: string): string | undefined => at(corrected[0]!, path);
    expect(text('КлючевыеСвойства/Номер')).toBe('');
    expect(text('КлючевыеСвойства/Дата')).toBe('2026-11-04T12:00:01');
    expect(text('КлючевыеСвойства/НомерИсправления')).toBe('1');
    expect(text('КлючевыеСвойства/ДатаИсправления')).toBe('2026-11-04');
    expect(text('ДатаВыставления')).toBe('2026-11-04');
    expect(text('ИсправляемыйСчетФактура/Ссылка')).toBe(original.uuid);
    expect(text('ИсправляемыйСчетФактура/Номер')).toBe('Ф1');
    expect(text('ИсправляемыйСчетФактура/Дата')).toBe('2026-10-31T12:00:01');
  });

  it('gives the same number and day whenever the same correction is made, the next to the next', async () => {
    const { world } = await accepted();
    const second = await world.build(CHANGED, { corrections: true });
    const later = await world.build(CHANGED, { corrections: true, clock: () => new Date('2026-12-24') });
    expect(later.packages[0]!.packageId).toBe(second.packages[0]!.packageId);
    await world.accept(second, ({ objects }) => {
      const invoice = objects.find(({ kind, number }) => kind === 'vat-invoice' && number === 'Ф1')!;
      Object.assign(invoice, { number: '0000-И00001', date: '2026-11-04' });
    });
    const standing = status({ config: world.config, clock: () => new Date(0) }).status!;
    expect(standing.counts).toEqual({ posted: 7 });
    const same = await world.build(CHANGED);
    expect(codes(same)).toEqual([]);
    expect((await documents(world, same)).find(({ number }) => number === 'Ф1')).toMatchObject({
      correction: { number: 1 },
    });
    const third = await world.build(AGAIN, { corrections: true });
    expect((await documents(world, third)).find(({ number }) => number === 'Ф1')).toMatchObject({
      correction: { number: 2, date: '2026-11-05' },
      sum: 73_20,
    });
  });

  it('makes a package that a rebuild makes again, whatever came after it', async () => {
    const { world } = await accepted();
    const second = await world.build(CHANGED, { corrections: true });
    await world.accept(second);
    await world.accept(await world.build(AGAIN, { corrections: true }));
    const withheld = await world.build({ ...CHANGED, 3: { sum: 1_22 } });
    for (const { packageId } of [second.packages[0]!, withheld.packages[0]!]) {
      const { packages, faults } = await rebuild({
        ...{ config: world.config, wanted: packageId, verify: true, clock: () => new Date('2027-01-01') },
      });
      expect(faults).toEqual([]);
      expect(packages).toHaveLength(1);
    }
  });

  it('goes on with its numbers after the journal was restored from a copy', async () => {
    const { world } = await accepted();
    const copy = join(world.root, 'copy.db');
    world.journal((journal) => journal.backup(copy));
    await world.accept(await world.build(CHANGED, { corrections: true }));
    for (const ending of ['', '-wal', '-shm']) rmSync(world.config.journal.path + ending, { force: true });
    const clock = () => new Date('2026-11-10');
    restore(world.config, copy, clock);
    expect((await reconcile(world.config, clock)).parts).toBe(1);
    const [invoice] = (await world.records(fileOf(await world.build(AGAIN, { corrections: true })))).filter(
      (one) => one.record === 'vat-invoice' && one.number === 'Ф1',
    );
    expect(invoice).toMatchObject({ correction: { number: 2 } });
  });

  it('refuses what an исправление cannot change, together with the act', async () => {
    const { world } = await accepted();
    const second = await world.build({ ...MONTH, 1: { sum: 61_00, number: 'Ф77' } }, { corrections: true });
    expect(codes(second)).toEqual(['BG1C-ACT-LEFT-OUT', 'BG1C-CORRECTION-HEAD', 'BG1C-CORRECTION-MADE']);
    expect(second.faults[1]!.message).toContain('номер Ф1 → Ф77');
    expect((await documents(world, second)).map(({ number }) => number).sort()).toEqual([
      'А2',
      'С1',
      'С2',
      'Ф2',
    ]);
  });

  it('says when there is nothing to correct', async () => {
    const { world } = await accepted();
    expect(codes(await world.build(MONTH, { corrections: true }))).toEqual(['BG1C-CORRECTION-NONE']);
  });

  it('bears its number and day in the УПД file too', async () => {
    const { world } = await accepted({ 1: MONTH[1]! }, UPD);
    world.config.organizations[0]!.signer = {
      name: { last: 'Петров', first: 'Пётр' },
      position: 'Директор',
      authority: 1,
    } as never;
    const second = await world.build({ 1: CHANGED[1]! }, { corrections: true });
    const [, upd] = await documents(world, second);
    expect(upd).toMatchObject({ record: 'upd', correction: { number: 1, date: '2026-11-04' } });
    const out = join(world.root, 'upd');
    const { files, faults } = await makeUpd({
      ...{ config: world.config, path: fileOf(second), out, clock: () => new Date('2026-11-04') },
    });
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(files).toHaveLength(1);
    const text = new TextDecoder('windows-1251').decode(readFileSync(join(out, files[0]!.file!)));
    expect(text).toContain('<ИспрДок НомИспр="1" ДатаИспр="04.11.2026"/>');
  });
});

describe('--delete-vanished', () => {
  it('asks 1C to mark what the export has no more, once', async () => {
    const { world, first } = await accepted();
    const second = await world.build({ 1: MONTH[1]! }, { deleteVanished: true });
    expect(codes(second)).toEqual(Array(3).fill('BG1C-CORRECTION-DELETED'));
    const gone = (await documents(world, first)).filter(({ number }) => number.endsWith('2'));
    const { opened } = await openPackage(fileOf(second));
    expect(opened!.manifest.deletions!.map(({ uuid }) => uuid).sort()).toEqual(
      gone.map(({ uuid }) => uuid).sort(),
    );
    opened!.close();
    const names = (await objects(fileOf(second), 'УдалениеОбъекта')).map(
      (one) => one.children[0]!.children[0]!.children[0]!.name,
    );
    expect(names.sort()).toEqual([
      'ЗаказКлиентаСсылка',
      'РеализацияТоваровУслугСсылка',
      'СчетФактураВыданныйСсылка',
    ]);
    const plain = await world.build({ 1: MONTH[1]! });
    expect(plain.packages[0]!.packageId).not.toBe(second.packages[0]!.packageId);
  });
});

const OFFICIAL = shipped('../shared/reference/enterprise-data/xsd');
const lint = existsSync(OFFICIAL) && hasXmllint();

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

describe.each(['1.8', '1.17', '1.20', '1.22'])(
  'a message of EnterpriseData %s with corrections and deletions',
  (version) => {
    it('is valid', async (test) => {
      const settings = `documents: { types: { 1: bill, 2: act, 3: vat-invoice } }
vat: { overrides: [{ organization: one, rate: 20 }] }`;
      const world = acceptedWorld(settings);
      world.config.onec.format = version;
      await world.accept(await world.build(MONTH));
      const second = await world.build({ 1: CHANGED[1]! }, { corrections: true, deleteVanished: true });
      expect(second.exit).toBe(0);
      const file = join(world.root, 'message.xml');
      writeFileSync(file, await messageOf(fileOf(second)));
      const { faults, objects: counts } = await checkMessage(file);
      expect(faults).toEqual([]);
      expect(counts.УдалениеОбъекта).toBe(3);
      if (!lint) return test.skip('xmllint or the official schemas are not here');
      expect(xmllint(join(OFFICIAL, `Message_${version}.xsd`), file)).toBe('');
    });
  },
);
