import type { MailConfig } from '../../../src/config/mail.ts';
import type { Config } from '../../../src/config/types.ts';
import type { Captured, Surroundings } from '../../../src/delivery/channel.ts';
import type { Task } from '../../../src/delivery/desk.ts';
import { deliver, type Summary } from '../../../src/delivery/engine.ts';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import type { DocumentSource } from '../../../src/model/document-source.ts';
import type { Counterparty } from '../../../src/model/types.ts';
import { uuidV5 } from '../../../src/support/ids.ts';
import { sampleConfig, sampleSource } from '../../print/sources.ts';

/** Settings of letters through a server of this machine. */
export function mailConfig(port: number, more: Partial<MailConfig> = {}): Config {
  const mail: MailConfig = {
    from: { address: 'billing@isp.example', name: 'ООО «Башнет»' },
    smtp: { host: '127.0.0.1', port, security: 'none' },
    letter: 'counterparty',
    documents: ['bill', 'act', 'vat-invoice', 'upd'],
    to: 'first',
    recipients: {},
    optOut: [],
    edo: 'skip',
    limits: { connections: 2, perConnection: 100, megabytes: 20 },
    bounces: { address: 'bounce@isp.example', verp: true },
    ...more,
  };
  const config = sampleConfig();
  return { ...config, channels: { ...config.channels, mail } };
}

/** Buyer number so-and-so. */
export function buyer(nth: number): Counterparty {
  return {
    ...sampleSource('bill').counterparty,
    uuid: uuidV5(`test-buyer:${nth}`),
    name: `ООО «Покупатель ${nth}»`,
    fullName: `Общество с ограниченной ответственностью «Покупатель ${nth}»`,
    inn: String(1_000_000_000 + nth),
    emails: [`buh${nth}@buyer.example`],
  };
}

/** A bill and an act of the sample, as if they were a buyer's. */
export function letterTask(nth: number, formed: Date, more: Partial<Counterparty> = {}): Task {
  const counterparty = { ...buyer(nth), ...more };
  const documents = (['bill', 'act'] as const).map((kind): DocumentSource => {
    const source = sampleSource(kind);
    const uuid = uuidV5(`test-letter:${kind}:${nth}`);
    const document = { ...source.document, uuid, number: `${nth}/10`, counterparty: counterparty.uuid };
    return { ...source, counterparty, document };
  });
  const { organization } = documents[0]!;
  const key = uuidV5(`test-letter:${nth}`);
  return {
    label: `Документы ${nth}`,
    parcel: { key, organization, counterparty, documents, formed },
    delivery: {
      key,
      channel: 'mail',
      organization: organization.code,
      package: 1,
      part: 1,
      formed: formed.toISOString(),
      documents: documents.map(({ document: { uuid } }) => ({ uuid, hash: 'h', correction: 0 })),
      doubtful: false,
    },
  };
}

export interface MailRun {
  config: Config;
  journal: Journal;
  clock: () => Date;
  tasks: Iterable<Task>;
  /** Called instead of waiting. */
  sleep?: (ms: number) => Promise<void>;
  patience?: number;
  capture?: ((one: Captured) => void) | undefined;
  signal?: AbortSignal;
}

/** One run of the engine with the channel. */
export async function runMail({
  config,
  journal,
  clock,
  tasks,
  sleep,
  patience = 0,
  capture,
  signal,
}: MailRun): Promise<Summary> {
  const surroundings: Surroundings = {
    config,
    clock,
    random: () => 0.5,
    sleep: sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms))),
    signal: signal ?? new AbortController().signal,
    records: journal.records,
    capture,
  };
  const session = await mailChannel.connect(surroundings);
  try {
    return await deliver({
      channel: mailChannel,
      session,
      journal,
      surroundings,
      tasks: each(tasks),
      patience,
    });
  } finally {
    await session.close();
  }
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
