import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/types.ts';
import { edoFolderChannel } from '../../src/delivery/edo-folder/channel.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import { type DeliverRequest, deliverDocuments } from '../../src/pipeline/deliver/deliver.ts';
import { resolveDelivery } from '../../src/pipeline/deliver/resolve.ts';
import { reconcile, restore } from '../../src/pipeline/journal/restore.ts';
import { type ExchangeWorld, exchangeWorld, NOW } from '../exchange/world.ts';

/** An exchange folder with one package of two acts, two VAT invoices and two bills, and a folder of an ЭДО client. */
async function world(edit: (config: Config) => void = () => undefined) {
  const made = await exchangeWorld((config) => {
    config.channels.edoFolder = { dir: join(config.folder, 'edo') };
    for (const one of config.organizations)
      one.signer = { position: 'Директор', name: { last: 'Каримов', first: 'Ильдар' }, authority: 1 };
    edit(config);
  });
  await made.build('one');
  const [name] = made.names('outbox');
  const files = (): string[] =>
    existsSync(join(made.root, 'edo'))
      ? readdirSync(join(made.root, 'edo', 'one')).filter((file) => file.endsWith('.xml'))
      : [];
  const send = (more: Partial<DeliverRequest> = {}) => sendThrough(made, more);
  const receive = async (change?: (receipt: Receipt) => void): Promise<void> => {
    await made.answer(name!, change);
    await made.once();
  };
  return { ...made, name: name!, files, send, receive };
}

function sendThrough({ config }: Pick<ExchangeWorld, 'config'>, more: Partial<DeliverRequest> = {}) {
  return deliverDocuments({
    channel: edoFolderChannel(),
    dryRun: false,
    patience: 0,
    surroundings: {
      config,
      clock: () => new Date(NOW),
      random: () => 0.5,
      sleep: async () => undefined,
      signal: new AbortController().signal,
    },
    ...more,
  });
}

const codes = (faults: readonly { code: string }[]): string[] => faults.map(({ code }) => code);
const acts = (receipt: Receipt) => receipt.objects.filter(({ kind }) => kind === 'act');

describe('what is sent is what is in the books', () => {
  it('nothing goes out before a receipt, and that is no error', async () => {
    const { send, files } = await world();
    const result = await send();
    expect(codes(result.faults)).toEqual(['BG1C-SEND-WAITING']);
    expect(result).toMatchObject({ exit: 0, summary: { sent: 0 } });
    expect(files()).toEqual([]);
  });

  it('what is booked as it was sent goes out, once', async () => {
    const { send, files, receive } = await world();
    await receive();
    const result = await send();
    expect(result.summary).toMatchObject({ sent: 2, leftOut: 2 });
    expect(new Set(codes(result.faults))).toEqual(new Set(['BG1C-UPD-ADDRESS']));
    expect(files()).toHaveLength(2);
    expect((await send()).summary).toMatchObject({ sent: 0 });
    expect(files()).toHaveLength(2);
  });

  it.each<[string, (receipt: Receipt) => void]>([
    ['BG1C-SEND-UNPOSTED', (receipt) => Object.assign(acts(receipt)[0]!, { posted: false })],
    ['BG1C-SEND-MARKED', (receipt) => Object.assign(acts(receipt)[0]!, { deletionMark: true })],
    ['BG1C-SEND-DIFFERS', (receipt) => Object.assign(acts(receipt)[0]!, { sum: 1 })],
    ['BG1C-SEND-DIFFERS', (receipt) => Object.assign(acts(receipt)[0]!, { number: 'А-другой' })],
    ['BG1C-SEND-DIFFERS', (receipt) => Object.assign(acts(receipt)[0]!, { date: '2026-11-01' })],
    [
      'BG1C-SEND-DIFFERS',
      (receipt) =>
        Object.assign(acts(receipt)[0]!, { counterparty: { inn: '0299000050', kpp: '027401001' } }),
    ],
    ['BG1C-SEND-NOT-BOOKED', (receipt) => Object.assign(acts(receipt)[0]!, { state: 'conflict' })],
    ['BG1C-SEND-NOT-BOOKED', (receipt) => Object.assign(acts(receipt)[0]!, { state: 'missing' })],
  ])('%s: it stays here and says why, the others go', async (code, change) => {
    const { send, files, receive } = await world();
    let number: string | undefined;
    await receive((receipt) => {
      number = acts(receipt)[0]!.number!;
      change(receipt);
    });
    const alone = await send({ only: number });
    expect(codes(alone.faults)).toEqual([code]);
    expect(alone).toMatchObject({ exit: 3, summary: { sent: 0, leftOut: 0 } });
    expect(codes((await send()).faults)).toContain(code);
    expect(files()).toHaveLength(1);
  });

  it('an edit after the receipt counts as soon as a newer receipt tells of it', async () => {
    const { send, files, receive, answer, once, path, name } = await world();
    await receive((receipt) => Object.assign(acts(receipt)[0]!, { posted: false }));
    await send();
    expect(files()).toHaveLength(1);
    // Posted meanwhile: the same package answered again.
    renameSync(path('outbox', 'done', name), path('outbox', name));
    await answer(name, (receipt) =>
      Object.assign(receipt, {
        receiptId: '11111111-2222-4333-8444-555555555555',
        finishedAt: '2026-11-04T08:00:00Z',
      }),
    );
    await once();
    await send();
    expect(files()).toHaveLength(2);
  });

  it('a VAT invoice stays with its act', async () => {
    const { send, receive } = await world();
    await receive((receipt) => {
      for (const act of acts(receipt)) act.posted = false;
    });
    const { faults, summary } = await send();
    expect(codes(faults).sort()).toEqual([
      'BG1C-SEND-ACT',
      'BG1C-SEND-ACT',
      'BG1C-SEND-UNPOSTED',
      'BG1C-SEND-UNPOSTED',
    ]);
    expect(summary).toMatchObject({ sent: 0, leftOut: 0 });
  });

  it('what went out another way to the same receiver does not go out twice', async () => {
    const { send, receive, files } = await world();
    await receive();
    await send();
    const { faults, summary } = await send({
      channel: { ...edoFolderChannel(), name: 'sbis', title: 'СБИС', rivals: ['edo-folder'] },
    });
    expect(codes(faults)).toContain('BG1C-SEND-OTHER-WAY');
    expect(summary).toMatchObject({ sent: 0 });
    expect(files()).toHaveLength(2);
  });

  it('at once: without receipts, under our own numbers', async () => {
    const { send, files } = await world((config) => {
      config.deliver.when = 'at-once';
    });
    expect((await send()).summary).toMatchObject({ sent: 2 });
    expect(files()).toHaveLength(2);
  });

  it('without a base in the settings there is nothing to wait for', async () => {
    const { send } = await world((config) => {
      config.onec.infobase = undefined;
    });
    expect(await send()).toMatchObject({ exit: 2, faults: [{ code: 'BG1C-SEND-BASE' }] });
  });

  it('a file that is not the one given out is not sent', async () => {
    const { send, path, name, receive } = await world();
    await receive();
    const file = path('outbox', 'done', name);
    // A comment at the end of the archive: whole and readable, and yet another file.
    const bytes = readFileSync(file);
    bytes.writeUInt16LE(1, bytes.length - 2);
    writeFileSync(file, Buffer.concat([bytes, Buffer.from('x')]));
    expect(codes((await send()).faults)).toContain('BG1C-SEND-FILE');
  });
});

describe('another version of a document', () => {
  /** The act № А1 for another sum, and the package that is made of it. */
  async function changed(made: Awaited<ReturnType<typeof world>>): Promise<void> {
    for (const table of ['documents.csv', 'document_lines.csv']) {
      const path = join(made.root, 'drop1', 'one', table);
      writeFileSync(path, readFileSync(path, 'latin1').replaceAll('579,19', '579,20'), 'latin1');
    }
    await made.build('one');
  }
  const atOnce = (config: Config): void => {
    config.deliver.when = 'at-once';
  };

  it('is not sent after the first: a person agrees on a correction', async () => {
    const made = await world(atOnce);
    await made.send();
    await changed(made);
    const { faults, summary } = await made.send({ only: 'А1' });
    expect(codes(faults)).toEqual(['BG1C-SEND-CHANGED', 'BG1C-SEND-NEWER']);
    expect(summary).toMatchObject({ sent: 0 });
    expect(made.files()).toHaveLength(2);
  });

  it('takes the place of one that was not sent', async () => {
    const made = await world(atOnce);
    made.journal(({ records: { deliveries, documents } }) => {
      const row = documents.find('А1')[0]!;
      const of = {
        channel: 'edo-folder',
        organization: 'one',
        package: row.package,
        part: row.part,
        formed: NOW,
      };
      const version = [{ uuid: row.uuid, hash: row.hash, correction: 0 }];
      deliveries.enrol({ key: 'old', ...of, documents: version, doubtful: false });
    });
    await changed(made);
    expect((await made.send({ only: 'А1' })).summary).toMatchObject({ sent: 1 });
    made.journal(({ records }) =>
      expect(records.deliveries.byKey('old')).toMatchObject({ status: 'dead', failureCode: 'replaced' }),
    );
  });

  it('waits for what is in doubt of the one before', async () => {
    const made = await world(atOnce);
    made.journal(({ records: { deliveries, documents } }) => {
      const row = documents.find('А1')[0]!;
      const of = {
        channel: 'edo-folder',
        organization: 'one',
        package: row.package,
        part: row.part,
        formed: NOW,
      };
      const version = [{ uuid: row.uuid, hash: row.hash, correction: 0 }];
      const { id } = deliveries.begin({ key: 'old', ...of, documents: version, doubtful: false }, 'c', {
        owner: 'o',
        until: NOW,
      })!;
      deliveries.settle(id, 'o', { is: 'given-up', code: 'timeout', inDoubt: true });
    });
    await changed(made);
    const { faults, summary, exit } = await made.send({ only: 'А1' });
    expect(codes(faults)).toContain('BG1C-SEND-OTHER-DOUBT');
    expect(summary).toMatchObject({ sent: 0, undecided: 1 });
    expect(exit).toBe(4);
  });
});

describe('a dry run', () => {
  it('tells what would go and leaves journal and folder as they are', async () => {
    const { send, files, receive, config } = await world();
    await receive();
    const before = readFileSync(config.journal.path);
    const result = await send({ dryRun: true });
    expect(result.summary).toMatchObject({ sent: 2 });
    expect(result.captured).toHaveLength(2);
    expect(files()).toEqual([]);
    expect(readFileSync(config.journal.path).equals(before)).toBe(true);
    expect(readdirSync(join(config.journal.path, '..')).filter((file) => file.includes('dry-run'))).toEqual(
      [],
    );
  });
});

describe('one document', () => {
  it('by its number', async () => {
    const { send, files, receive } = await world();
    await receive();
    const { summary } = await send({ only: 'А1' });
    expect(summary).toMatchObject({ sent: 1, leftOut: 0 });
    expect(files()).toHaveLength(1);
  });
});

describe('a restored journal', () => {
  it('sends nothing before it is reconciled, and asks afterwards', async () => {
    const { send, files, receive, journal, config, root } = await world();
    await receive();
    const copy = join(root, 'copy.db');
    journal((opened) => opened.backup(copy));
    await send();
    restore(config, copy, () => new Date(NOW));
    expect(await send()).toMatchObject({ exit: 2, faults: [{ code: 'BG1C-JOURNAL-RESTORED' }] });
    await reconcile(config, () => new Date(NOW));
    expect((await send()).summary).toMatchObject({ sent: 0, found: 2 });
    expect(files()).toHaveLength(2);
  });
});

describe('a person decides', () => {
  it('only where there is something to decide', async () => {
    const { send, receive, config } = await world();
    await receive();
    await send();
    const clock = () => new Date(NOW);
    expect(resolveDelivery({ config, wanted: '77', sent: true, clock })).toMatchObject({
      fault: { code: 'BG1C-DELIVERY-UNKNOWN' },
    });
    expect(resolveDelivery({ config, wanted: '1', sent: false, clock })).toMatchObject({
      fault: { code: 'BG1C-DELIVERY-CLEAR' },
    });
  });
});

describe('the watcher', () => {
  it('sends by itself what a receipt releases, when the settings say so', async () => {
    const { files, receive, once, journal } = await world((config) => {
      config.deliver.auto = true;
    });
    await once();
    expect(files()).toEqual([]);
    await receive();
    expect(files()).toHaveLength(2);
    const { log } = await once();
    expect(files()).toHaveLength(2);
    expect(log.filter(({ event }) => event === 'delivery')).toEqual([]);
    journal(({ records }) => expect(records.deliveries.waiting('edo-folder')).toEqual([]));
  });

  it('sends nothing where they do not', async () => {
    const { files, receive } = await world();
    await receive();
    expect(files()).toEqual([]);
  });
});
