import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src/journal/journal.ts';
import type { CanonicalRecord, Document } from '../../src/model/types.ts';
import { openPackage } from '../../src/package/read.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { shipped } from '../../src/support/root.ts';
import { receiptOf } from '../../tools/soak-world.ts';
import { bg1c, type Outcome } from '../cli/command.ts';

const BASE = '11111111-1111-4111-8111-111111111111';
const CONNECTION = 'Srvr="server";Ref="buh";';
const clock = (): Date => new Date('2026-11-03T08:00:00Z');

export interface MonthWorld {
  cwd: string;
  /** Documents that are posted in the books. */
  booked: number;
  bg1c(...args: string[]): Promise<Outcome>;
}

/** The sample month, built and loaded: one act is not posted, three bills are on their way by letter. */
export async function monthWorld(cwd: string, { deliveries = true } = {}): Promise<MonthWorld> {
  const sample = shipped('samples/october-2026');
  cpSync(join(sample, 'in'), join(cwd, 'in'), { recursive: true });
  const settings = readFileSync(join(sample, 'bg1c.yaml'), 'utf8').replace(
    /^onec:\n/m,
    `onec:\n  infobase: { id: '${BASE}', connection: ['${CONNECTION}'] }\n`,
  );
  writeFileSync(
    join(cwd, 'bg1c.yaml'),
    `${settings}\nchannels:\n  mail:\n    from: { address: billing@isp.example, name: Башнет }\n    smtp: { host: localhost }\n`,
  );
  await bg1c(cwd, 'build', 'in', '--period', '2026-10', '--out', 'out');
  const file = join(cwd, 'out', readdirSync(join(cwd, 'out')).find((name) => name.endsWith('.zip'))!);
  const documents = await documentsOf(file);
  const receipt = await receiptOf(file, (one) => {
    one.infobase = { ...one.infobase, id: BASE, connection: CONNECTION };
    const act = documents.find(({ record }) => record === 'act')!;
    for (const object of one.objects) if (object.uuid === act.uuid) object.posted = false;
  });
  writeFileSync(join(cwd, 'receipt.json'), JSON.stringify(receipt));
  const taken = await bg1c(cwd, 'receipt', 'receipt.json');
  if (taken.exit !== 0) throw new Error(taken.out + taken.err);
  if (deliveries) deliverSome(cwd, documents);
  return { cwd, booked: documents.length - 1, bg1c: (...args) => bg1c(cwd, ...args) };
}

async function documentsOf(file: string): Promise<Document[]> {
  const { opened } = await openPackage(file);
  const found: Document[] = [];
  for await (const line of opened!.lines('documents.jsonl')) {
    const record = JSON.parse(line) as CanonicalRecord;
    if ('lines' in record) found.push(record);
  }
  opened!.close();
  return found;
}

/** One letter arrived, one came back, of one nobody knows. */
function deliverSome(cwd: string, documents: readonly Document[]): void {
  const { journal } = openJournal(join(cwd, '.bg1c', 'journal.db'), clock);
  const { deliveries } = journal!.records;
  const lease = { owner: 'o', until: '2026-11-03T09:00:00Z' };
  const bills = documents.filter(({ record }) => record === 'bill').slice(0, 3);
  for (const [index, { uuid }] of bills.entries()) {
    const delivery = {
      ...{ key: uuidV5(`report:${index}`), channel: 'mail', organization: 'bashnet', package: 1, part: 1 },
      ...{ formed: clock().toISOString(), documents: [{ uuid, hash: 'h', correction: 0 }], doubtful: false },
    };
    const { id } = deliveries.enrol(delivery);
    deliveries.begin(delivery, 'h', lease);
    if (index < 2)
      deliveries.settle(id, 'o', { is: 'sent', remote: { state: 'sent', code: '250', name: 'queued' } });
    else deliveries.settle(id, 'o', { is: 'given-up', code: 'smtp-no-answer', inDoubt: true });
    if (index === 1)
      deliveries.remote(delivery.key, { state: 'failed', code: '5.1.1', name: 'unknown user' });
  }
  journal!.close();
}
