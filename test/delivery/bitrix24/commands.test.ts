import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { openJournal } from '../../../src/journal/journal.ts';
import { takeLock } from '../../../src/journal/lock.ts';
import type { OnecCard } from '../../../src/model/onec-card.ts';
import type { Counterparty } from '../../../src/model/types.ts';
import { openPackage } from '../../../src/package/read.ts';
import { pushToCrm } from '../../../src/pipeline/crm/crm.ts';
import { shipped } from '../../../src/support/root.ts';
import { bg1c, jsonOf } from '../../cli/command.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { counterparty, innOf, refOf } from './counterparties.ts';
import { type PortalDouble, portalDouble, testTime } from './double.ts';

const INFOBASE = { id: 'e0a4c2d6-8b57-4f3a-9c44-6d1f0b7a2e35', connection: 'File="C:\\Base";' };
const folder = temporaryFolders();
const doubles: PortalDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
  delete process.env.TEST_BITRIX24;
});

interface Installation {
  root: string;
  double: PortalDouble;
  cards(list: readonly OnecCard[], createdAt?: string): void;
  touch(): void;
}

async function installation(): Promise<Installation> {
  const root = folder();
  const time = testTime();
  const double = await portalDouble(time);
  doubles.push(double);
  process.env.TEST_BITRIX24 = double.webhook;
  const sample = readFileSync(shipped('samples/october-2026/bg1c.yaml'), 'utf8').replace(
    'onec:\n',
    `onec:\n  infobase: { id: ${INFOBASE.id}, connection: ['${INFOBASE.connection}'] }\n`,
  );
  writeFileSync(join(root, 'bg1c.yaml'), `${sample}\nchannels:\n  bitrix24: { webhookEnv: TEST_BITRIX24 }\n`);
  mkdirSync(join(root, 'exchange'));
  return {
    root,
    double,
    cards(list, createdAt = '2026-11-03T05:10:00Z') {
      const lines = [{ counterpartiesVersion: 1, createdAt, infobase: INFOBASE }, ...list];
      writeFileSync(
        join(root, 'exchange/counterparties.jsonl'),
        lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      );
    },
    touch: () => time.advance(60_000),
  };
}

async function ready(cards: readonly OnecCard[]): Promise<Installation> {
  const one = await installation();
  one.cards(cards);
  expect((await bg1c(one.root, 'bitrix24', 'setup', '--yes')).exit).toBe(0);
  expect((await bg1c(one.root, 'bitrix24', 'push')).exit).toBe(0);
  return one;
}

test('setup tells what is missing, makes it only when asked, and then has nothing to do', async () => {
  const { root, double } = await installation();
  const asked = await bg1c(root, 'bitrix24', 'setup');
  expect(asked.out).toContain('нет поля «Лицевой счёт» (компания)');
  expect(asked.out).toContain('«Организация» (№ 1)');
  expect(double.counts.writes).toBe(0);
  expect((await bg1c(root, 'bitrix24', 'setup', '--yes')).out).toContain('создано поле «Договор»');
  expect((await bg1c(root, 'bitrix24', 'setup')).out).toContain('пользовательские поля на месте');
});

test('push without the fields is refused before anything is written', async () => {
  const { root, double, cards } = await installation();
  cards([counterparty(1)]);
  const { exit, err } = await bg1c(root, 'bitrix24', 'push');
  expect([exit, double.counts.writes]).toEqual([2, 0]);
  expect(err).toContain('BG1C-CRM-FIELDS');
});

test('a base that is not the configured one, a file that is none, a portal without rights', async () => {
  const { root, double, cards } = await installation();
  const codes = async (): Promise<string[]> =>
    jsonOf(await bg1c(root, 'bitrix24', 'push', '--json')).faults.map(({ code }) => code);
  expect(await codes()).toEqual(['BG1C-CRM-CARDS']);
  cards([counterparty(1), counterparty(1)]);
  expect(await codes()).toEqual(['BG1C-CRM-CARDS']);
  cards([counterparty(1)]);
  const path = join(root, 'exchange/counterparties.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('C:', 'D:'));
  expect(await codes()).toEqual(['BG1C-CRM-CARDS-FOREIGN']);
  cards([counterparty(1)]);
  double.state.scopes = ['disk'];
  expect(await codes()).toEqual(['BG1C-CRM-SCOPE']);
});

test('«Физические лица» of the one act of all persons is no company, whatever kind 1C gives it', async () => {
  const { inn: _inn, kpp: _kpp, ...all } = counterparty(2, { name: 'Физические лица' });
  const { root, double } = await ready([counterparty(1), all]);
  expect([...double.state.items.values()].map(({ fields }) => fields.title)).toEqual(['ООО «Абонент 1»']);
  expect((await bg1c(root, 'bitrix24', 'pull', '--all')).exit).toBe(0);
  expect((await bg1c(root, 'bitrix24', 'changes')).out).not.toContain('Физические лица');
});

test('persons stay at home until there is consent', async () => {
  const { root, double } = await ready(
    [
      counterparty(1),
      counterparty(2, {
        kind: 'person',
        inn: '',
        kpp: '',
        name: 'Зайнуллин Тимур',
        fullName: 'Зайнуллин Тимур',
      }),
    ].map((card) => ({ ...card, ...(card.inn === '' && { inn: undefined, kpp: undefined }) }) as OnecCard),
  );
  expect(double.state.items.size).toBe(1);
  expect((await bg1c(root, 'bitrix24', 'push')).out).toContain('BG1C-CRM-PERSONS');
  const config = join(root, 'bg1c.yaml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}consent: { bitrix24: true }\n`);
  await bg1c(root, 'bitrix24', 'setup', '--yes');
  expect((await bg1c(root, 'bitrix24', 'push')).exit).toBe(0);
  const [, person] = [...double.state.items.values()];
  expect(person).toMatchObject({ type: 3, fields: { lastName: 'Зайнуллин', name: 'Тимур' } });
});

test('edits of a manager are listed; approved ones go to 1C as a package, e-mails into the address book', async () => {
  const { root, double, touch } = await ready([counterparty(1), counterparty(2)]);
  const [item] = [...double.state.items.values()];
  const requisite = [...double.state.requisites.values()].find(
    ({ ENTITY_ID }) => Number(ENTITY_ID) === item!.id,
  )!;
  touch();
  requisite.RQ_KPP = '027801001';
  item!.fm.push({ id: 9001, typeId: 'EMAIL', valueType: 'WORK', value: 'Boss@abonent1.example' });
  item!.fields.updatedTime = '2026-11-03T08:30:00+00:00';
  expect((await bg1c(root, 'bitrix24', 'pull')).exit).toBe(0);
  const list = await bg1c(root, 'bitrix24', 'changes');
  expect(list.out).toContain('КПП: в 1С «027401001», в CRM «027801001»');
  const { result } = jsonOf(await bg1c(root, 'bitrix24', 'changes', '--json')) as unknown as {
    result: { open: { id: number; field: string }[] };
  };
  const numbers = result.open.map(({ id }) => String(id));
  const approved = await bg1c(root, 'bitrix24', 'approve', ...numbers);
  expect([approved.exit, approved.err]).toEqual([0, '']);
  const [name] = readdirSync(join(root, 'exchange/outbox'));
  const { opened } = await openPackage(join(root, 'exchange/outbox', name!));
  expect(await opened!.verify()).toEqual([]);
  expect(opened!.manifest.objects).toEqual({ counterparties: 1, contracts: 0, services: 0 });
  const records: Counterparty[] = [];
  for await (const line of opened!.lines('documents.jsonl')) records.push(JSON.parse(line) as Counterparty);
  expect(records[1]!.changes).toEqual([
    { field: 'email', before: '', after: 'Boss@abonent1.example' },
    { field: 'kpp', before: '027401001', after: '027801001' },
  ]);
  const refs: unknown[] = [];
  for await (const line of opened!.lines('refs.jsonl')) refs.push(JSON.parse(line));
  expect(refs).toEqual([{ uuid: records[1]!.uuid, ref1c: refOf(1) }]);
  opened!.close();
  const { journal } = openJournal(join(root, '.bg1c/journal.db'), () => new Date());
  expect(journal!.records.addressBook.emailsOf(innOf(1), '027401001')).toEqual([
    'buh@abonent1.example',
    'boss@abonent1.example',
  ]);
  journal!.close();
  expect((await bg1c(root, 'bitrix24', 'changes')).out).toMatch(/^Решать нечего[\s\S]*Принято, но/);
  expect((await bg1c(root, 'bitrix24', 'approve', numbers[0]!)).exit).toBe(1);
  expect((await bg1c(root, 'check', `exchange/outbox/${name}`)).exit).toBe(0);
});

test('a company that a manager deleted is made again when that is wanted, once', async () => {
  const { root, double, cards } = await ready([counterparty(1)]);
  for (const rows of [double.state.items, double.state.requisites, double.state.banks]) rows.clear();
  double.state.addresses.clear();
  cards([counterparty(1, { name: 'ООО «Новое имя»' })]);
  await bg1c(root, 'bitrix24', 'push');
  expect((await bg1c(root, 'bitrix24', 'changes')).out).toContain('удалена');
  expect((await bg1c(root, 'bitrix24', 'refuse', '1')).exit).toBe(0);
  await bg1c(root, 'bitrix24', 'push');
  const { items, requisites, banks, addresses } = double.state;
  expect([items.size, requisites.size, banks.size, addresses.size]).toEqual([1, 1, 1, 2]);
  expect((await bg1c(root, 'bitrix24', 'changes')).out).toContain('Решать нечего');
});

test('a refused edit is written over by the next push, and only that field', async () => {
  const { root, double, touch } = await ready([counterparty(1)]);
  const [item] = [...double.state.items.values()];
  touch();
  Object.assign(item!.fields, { title: 'Ромашка наша', comments: 'не звонить', assignedById: 7 });
  item!.fields.updatedTime = '2026-11-03T08:30:00+00:00';
  await bg1c(root, 'bitrix24', 'pull');
  expect((await bg1c(root, 'bitrix24', 'refuse', '1')).exit).toBe(0);
  expect(item!.fields.title).toBe('Ромашка наша');
  await bg1c(root, 'bitrix24', 'push');
  expect(item!.fields).toMatchObject({
    title: 'ООО «Абонент 1»',
    comments: 'не звонить',
    assignedById: 7,
  });
});

test('a company that 1C does not have is proposed, and approved becomes a new counterparty with our UUID', async () => {
  const { root, double, touch } = await ready([counterparty(1)]);
  touch();
  double.state.items.set(501, {
    id: 501,
    type: 4,
    fields: { title: 'Новая', updatedTime: '2026-11-03T08:30:00+00:00' },
    fm: [{ id: 502, typeId: 'EMAIL', valueType: 'WORK', value: 'new@new.example' }],
  });
  double.state.requisites.set(503, {
    ID: 503,
    ENTITY_TYPE_ID: 4,
    ENTITY_ID: 501,
    RQ_INN: innOf(77),
    RQ_KPP: '027401001',
    RQ_COMPANY_NAME: 'ООО «Новая»',
    DATE_MODIFY: '2026-11-03T08:30:00+00:00',
  });
  await bg1c(root, 'bitrix24', 'pull');
  const { out } = await bg1c(root, 'bitrix24', 'changes');
  expect(out).toContain(`новая в CRM, в 1С нет: ООО «Новая», ИНН ${innOf(77)}`);
  expect((await bg1c(root, 'bitrix24', 'approve', '1')).exit).toBe(0);
  const [name] = readdirSync(join(root, 'exchange/outbox'));
  const { opened } = await openPackage(join(root, 'exchange/outbox', name!));
  let message = '';
  for await (const line of opened!.lines(opened!.message)) message += line;
  opened!.close();
  expect(message).toContain(`<ИНН>${innOf(77)}</ИНН>`);
  expect(message).toContain('new@new.example');
});

test('of a range the rest is approved: a wrong ИНН and a double stay in the list', async () => {
  const { root, double, touch } = await ready([counterparty(1)]);
  touch();
  for (const [id, inn] of [
    [501, '1234567890'],
    [511, innOf(77)],
    [521, innOf(77)],
  ] as const) {
    const at = '2026-11-03T08:30:00+00:00';
    double.state.items.set(id, { id, type: 4, fields: { title: `Новая ${id}`, updatedTime: at }, fm: [] });
    const requisite = { ENTITY_TYPE_ID: 4, ENTITY_ID: id, RQ_INN: inn, RQ_KPP: '027401001', DATE_MODIFY: at };
    double.state.requisites.set(id + 1, { ID: id + 1, ...requisite });
  }
  await bg1c(root, 'bitrix24', 'pull');
  const approved = await bg1c(root, 'bitrix24', 'approve', '1-3');
  expect(approved.exit).toBe(3);
  expect(approved.out).toContain('1 карточка');
  const { out } = await bg1c(root, 'bitrix24', 'changes');
  const [open, underWay] = out.split('Принято, но в последней выгрузке 1С этого ещё нет');
  expect(open).toContain('«1234567890» — ИНН с ошибкой');
  expect(open).toContain('Новая 521');
  expect(open).not.toContain('Новая 511');
  expect(underWay).toContain('Новая 511');
});

test('a taxpayer at two companies is nobody`s guess: listed, linked by a person, then brought over', async () => {
  const { root, double, cards } = await installation();
  await bg1c(root, 'bitrix24', 'setup', '--yes');
  for (const id of [601, 602]) {
    double.state.items.set(id, { id, type: 4, fields: { title: `Ромашка ${id}` }, fm: [] });
    const ids = { ID: id + 10, ENTITY_TYPE_ID: 4, ENTITY_ID: id };
    double.state.requisites.set(id + 10, { ...ids, RQ_INN: innOf(1), RQ_KPP: '027401001' });
  }
  cards([counterparty(1)]);
  await bg1c(root, 'bitrix24', 'push');
  expect(double.state.items.size).toBe(2);
  expect((await bg1c(root, 'bitrix24', 'changes')).out).toContain('601, 602');
  expect((await bg1c(root, 'bitrix24', 'refuse', '1')).exit).toBe(1);
  expect((await bg1c(root, 'bitrix24', 'link', '1', '602')).exit).toBe(0);
  await bg1c(root, 'bitrix24', 'push');
  expect(double.state.items.get(602)!.fields).toMatchObject({ title: 'Ромашка 602', originId: refOf(1) });
  expect((await bg1c(root, 'bitrix24', 'changes')).out).toContain(
    'Название: в 1С «ООО «Абонент 1»», в CRM «Ромашка 602»',
  );
});

test('the secret of the webhook is in no output, no file and no journal', async () => {
  const { root, double } = await ready([counterparty(1)]);
  const cards = join(root, 'exchange/counterparties.jsonl');
  writeFileSync(cards, readFileSync(cards, 'utf8').replace('Абонент 1', 'Абонент X'));
  await double.close();
  const { config } = loadConfig(join(root, 'bg1c.yaml'));
  const { exit, faults } = await pushToCrm(
    { config: config!, clock: () => new Date('2026-11-03T08:00:00Z'), sleep: async () => {} },
    { dryRun: false },
  );
  expect([exit, faults.map(({ code }) => code)]).toEqual([2, ['BG1C-CRM-PORTAL']]);
  expect(JSON.stringify(faults)).not.toMatch(/s3cr3t|rest\/1/);
  for (const name of readdirSync(join(root, '.bg1c')))
    expect(readFileSync(join(root, '.bg1c', name)).includes('s3cr3t')).toBe(false);
  expect(double.bodies.join('')).not.toContain('s3cr3t');
});

describe('what cannot be done is said', () => {
  const codesOf = async (root: string, ...args: string[]): Promise<string[]> =>
    jsonOf(await bg1c(root, 'bitrix24', ...args, '--json')).faults.map(({ code }) => code);

  test('no settings of the channel', async () => {
    const { root } = await installation();
    const config = join(root, 'bg1c.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/\nchannels:[\s\S]*/, '\n'));
    for (const command of ['setup', 'push', 'changes'])
      expect(await codesOf(root, command)).toEqual(['BG1C-CRM-NONE']);
  });

  test('another program of ours is at it', async () => {
    const { root } = await ready([counterparty(1)]);
    const lock = takeLock(join(root, '.bg1c/journal.db.bitrix24.lock'));
    expect(await codesOf(root, 'push')).toEqual(['BG1C-CRM-BUSY']);
    lock!.release();
  });

  test('an old export, a portal without the template, a card that is refused, decisions that wait', async () => {
    const { root, double, cards } = await ready([counterparty(1)]);
    cards([counterparty(1)], '2026-10-01T05:10:00Z');
    expect(await codesOf(root, 'push')).toEqual(['BG1C-CRM-CARDS-OLD']);
    cards([counterparty(1), counterparty(2), counterparty(3, { inn: innOf(1) })]);
    const add = double.state.presets[0]!;
    double.state.presets = double.state.presets.slice(1);
    expect(await codesOf(root, 'push')).toEqual(['BG1C-CRM-PRESET']);
    double.state.presets.unshift(add);
    double.state.userFields.get(4)!.add('UF_CRM_BG_1C');
    const outcome = jsonOf(await bg1c(root, 'bitrix24', 'push', '--json'));
    expect([outcome.exit, outcome.faults.map(({ code }) => code)]).toEqual([0, ['BG1C-CRM-DECIDE']]);
    // The portal takes the requisite for one of a template it does not have any more.
    cards([counterparty(1), counterparty(4)]);
    double.fate = () => {
      double.state.presets = double.state.presets.map((one) => ({ ...one, ID: `9${one.ID}` }));
      return 'answer';
    };
    const refused = jsonOf(await bg1c(root, 'bitrix24', 'push', '--json'));
    expect([refused.exit, refused.faults.map(({ code }) => code)]).toEqual([
      3,
      ['BG1C-CRM-CARD', 'BG1C-CRM-DECIDE'],
    ]);
  });

  test('a number that there is none of', async () => {
    const { root } = await ready([counterparty(1)]);
    for (const command of ['approve', 'refuse'])
      expect(await codesOf(root, command, '77')).toEqual(['BG1C-CRM-NUMBER']);
    expect(await codesOf(root, 'link', '77', '5')).toEqual(['BG1C-CRM-NUMBER']);
    for (const wrong of ['x', '5-', '9-5'])
      expect((await bg1c(root, 'bitrix24', 'approve', wrong)).err).toContain(`«${wrong}»`);
  });
});
