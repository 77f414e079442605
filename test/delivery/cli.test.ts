import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { exchangeWorld, NOW } from '../exchange/world.ts';

async function world() {
  const made = await exchangeWorld();
  appendFileSync(
    join(made.root, 'bg1c.yaml'),
    'deliver: { when: at-once }\nchannels: { edoFolder: { dir: edo } }\n',
  );
  await made.build('one');
  return made;
}

it('send: what there is to say before anything is sent', async () => {
  const { root } = await world();
  expect(jsonOf(await bg1c(root, 'send', 'почта', '--json'))).toMatchObject({
    exit: 2,
    faults: [{ code: 'BG1C-CONFIG-VALUE' }],
  });
  expect(jsonOf(await bg1c(root, 'send', 'sbis', '--json'))).toMatchObject({
    exit: 2,
    faults: [{ code: 'BG1C-SEND-CHANNEL' }],
  });
  const unsigned = jsonOf(await bg1c(root, 'send', 'edo-folder', '--json'));
  expect(unsigned).toMatchObject({ exit: 2, summary: { sent: 0 } });
  expect(new Set(unsigned.faults.map(({ code }) => code))).toEqual(new Set(['BG1C-UPD-SIGNER']));
  expect(jsonOf(await bg1c(root, 'send', 'edo-folder', '--check', '--json'))).toMatchObject({
    exit: 0,
    faults: [{ code: 'BG1C-SEND-NO-CHECK' }],
  });
});

it('send, then status of a document: which way it went', async () => {
  const { root } = await world();
  const path = join(root, 'bg1c.yaml');
  const signer = 'signer: { name: { last: Каримов, first: Ильдар } }';
  writeFileSync(path, readFileSync(path, 'utf8').replace("firms: ['0'] }", `firms: ['0'], ${signer} }`));
  const sent = await bg1c(root, 'send', 'edo-folder', '--only', 'А1');
  expect(sent.out).toContain('папка ЭДО: отправлено 1.');
  expect(sent.exit).toBe(0);
  const told = await bg1c(root, 'status', '--doc', 'А1');
  expect(told.out).toMatch(/папка ЭДО: отправлен \(03\.11\.2026 \d\d:00; доставка 1\)/);
});

it('resolve: code 4 until a person has decided, then the delivery is at its end', async () => {
  const { root, config } = await world();
  const { journal } = openJournal(config.journal.path, () => new Date(NOW));
  const { deliveries } = journal!.records;
  const until = NOW;
  const documents = [{ uuid: 'd', hash: 'h', correction: 0 }];
  const delivery = {
    key: 'k',
    channel: 'edo-folder',
    organization: 'one',
    package: 1,
    part: 1,
    formed: NOW,
    documents,
  };
  deliveries.begin({ ...delivery, doubtful: false }, 'c', { owner: 'o', until });
  deliveries.settle(1, 'o', { is: 'given-up', code: 'timeout', inDoubt: true });
  journal!.close();
  const open = await bg1c(root, 'send', 'edo-folder', '--only', 'нет такого', '--json');
  expect(jsonOf(open)).toMatchObject({ exit: 4, summary: { undecided: 1 } });
  expect(jsonOf(await bg1c(root, 'resolve', '1', 'maybe', '--json'))).toMatchObject({ exit: 2 });
  const decided = await bg1c(root, 'resolve', '1', 'sent');
  expect(decided).toMatchObject({ exit: 0, out: 'Доставка 1 (edo-folder): отправлена.\n' });
  expect(jsonOf(await bg1c(root, 'resolve', '1', 'sent', '--json'))).toMatchObject({
    exit: 2,
    faults: [{ code: 'BG1C-DELIVERY-CLEAR' }],
  });
  expect(jsonOf(await bg1c(root, 'send', 'edo-folder', '--only', 'нет такого', '--json')).exit).toBe(0);
});
