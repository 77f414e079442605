import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReceipt } from '../../../src/exchange/receipt-file.ts';
import { openJournal } from '../../../src/journal/journal.ts';
import type { Receipt } from '../../../src/journal/receipt.ts';
import type { CanonicalRecord } from '../../../src/model/types.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { bg1c, jsonOf } from '../../cli/command.ts';
import type { Base, BaseSettings } from '../base/base.ts';
import { put } from '../base/create-base.ts';
import { CURRENCY, organization } from '../base/fixture.ts';
import type { BaseProfile } from '../base/metadata/profiles.ts';
import type { Reference } from '../base/reference.ts';
import { createHost, type Host } from '../host.ts';
import { callMember } from '../language/members.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newStructure } from '../library/structure.ts';
import { type OpenForm, openForm } from '../processing/form.ts';
import { createProcessingObject } from '../processing/processing-object.ts';
import type { Template } from '../processing/template.ts';
import type { SharedState } from '../run-code.ts';
import { INFOBASE, type Month, type Tables } from './months.ts';
import { type EntryEdit, openPackage, type PackageFile, readPackage, repack } from './package-files.ts';

/** One office: a base of 1C, an exchange folder with the packages of a month, the settings and the journal. */
export interface World {
  /** Its packages are those of this world. */
  readonly month: Month;
  readonly host: Host;
  readonly base: Base;
  readonly root: string;
  /** Records of all packages; of one that comes twice the last counts. */
  readonly records: readonly CanonicalRecord[];
  readonly seller: Reference;
  path(...parts: string[]): string;
  /** The record of this kind with this number, or of a card: name. */
  find<T extends CanonicalRecord>(kind: T['record'], name: string): T;
  /** Puts a package file into the outbox as if it had just been built. */
  drop(file: PackageFile): void;
  /** Puts another file in its place, as a rebuild does: the journal knows it, too. */
  replace(file: PackageFile, bytes: Buffer): void;
  /** As `replace`, and the month is from now on what the other file says. */
  revise(file: PackageFile, edit: EntryEdit): void;
  /** Settings of the processing that differ from the usual ones. */
  configure(settings: Record<string, Value>): void;
  /** `bg1c receipt` takes everything that 1C has told so far. */
  takeReceipts(): Promise<void>;
  /**
   * The billing has changed: the receipts are taken, `bg1c build` puts a package with corrections and
   * deletions into the outbox.
   */
  correct(change: Tables): Promise<PackageFile>;
  /** Runs a command of the processing as the schedule does. */
  command(name: string, parameters?: Record<string, Value>): void;
  /** Calls what the processing exports. */
  ask(method: string, ...parameters: Value[]): Value;
  /** Opens the form as the accountant does from the list of processings, or, without parameters, from a file. */
  open(parameters?: Record<string, Value>): OpenForm;
  /** Receipts issued since the last call, the earliest first. */
  receipts(): IssuedReceipt[];
  /** `bg1c …` in the folder of the settings; what it printed as JSON. */
  bg1c(...args: string[]): Promise<Record<string, unknown> & { exit: number }>;
  dispose(): void;
}

export interface IssuedReceipt extends Receipt {
  file: string;
}

export interface WorldOptions {
  month: Month;
  template: Template;
  profile: BaseProfile;
  settings?: Partial<BaseSettings> | undefined;
  shared?: SharedState | undefined;
}

/** Where the settings of the processing lie. */
export const PROCESSING = 'Справочник.ДополнительныеОтчетыИОбработки';
const HOUR = 3_600_000;

export function createWorld({ month: built, template, profile, settings, shared }: WorldOptions): World {
  const month = { ...built, files: [...built.files] };
  const root = mkdtempSync(join(tmpdir(), 'onec-world-'));
  const exchange = join(root, 'exchange');
  for (const folder of [join(root, '.bg1c'), join(exchange, 'outbox')])
    mkdirSync(folder, { recursive: true });
  // The journal may be in two files: what was written last stands in its log.
  for (const file of ['bg1c.yaml', '.bg1c/journal.db', '.bg1c/journal.db-wal'])
    if (existsSync(join(month.folder, file))) copyFileSync(join(month.folder, file), join(root, file));
  for (const { name, bytes } of month.files) writeFileSync(join(exchange, 'outbox', name), bytes);
  const host = createHost(profile, { connection: INFOBASE.connection[0]!, ...settings }, shared);
  const { base, session } = host;
  base.store.constants.set('ИдентификаторИнформационнойБазы', INFOBASE.id);
  const seller = furnish(base, month);
  const registered = put(base, PROCESSING, '0bab0000-0000-4000-8000-000000000001', {
    Наименование: 'BGBilling',
  });
  const own = { ДополнительнаяОбработкаСсылка: registered };
  const object = createProcessingObject(host.machine, template);
  const call = (name: string, ...list: Value[]): Value =>
    callMember(
      object,
      name,
      list.map((value) => ({ value })),
      session,
    ) ?? UNDEFINED;
  const configure = (settings: Record<string, Value>): void =>
    void call(
      'ЗаписатьНастройкиОбработки',
      registered,
      newStructure({ ПапкаОбмена: exchange, ФайлКлюча: '', ...settings }),
    );
  configure({});
  const records = (): CanonicalRecord[] => [
    ...new Map(month.files.flatMap((file) => file.records).map((record) => [record.uuid, record])).values(),
  ];
  const seen = new Set<string>();
  let time = Date.parse('2026-11-01T12:00:00Z');
  const tick = (): void => {
    time += HOUR;
    session.setNow(new Date(time));
  };
  const replace: World['replace'] = ({ name, manifest: { packageId, part } }, bytes) => {
    writeFileSync(join(exchange, 'outbox', name), bytes);
    const { journal } = openJournal(join(root, '.bg1c', 'journal.db'), () => new Date(time));
    const { packages } = journal!.records;
    journal!.atomically(() => packages.recordFile(packages.find(packageId)!.id, part, sha256(bytes)));
    journal!.close();
  };
  const command: World['bg1c'] = async (...args) => {
    const outcome = await bg1c(root, ...args, '--json');
    if (outcome.err !== '') throw new Error(outcome.err);
    return jsonOf(outcome);
  };
  const takeReceipts = async (): Promise<void> => {
    const told = filesOf(join(exchange, 'receipts')).filter((name) => name.endsWith('.json'));
    await command('receipt', ...told.map((name) => join(exchange, 'receipts', name)));
  };
  return {
    month,
    host,
    base,
    root,
    get records() {
      return records();
    },
    seller,
    path: (...parts) => join(exchange, ...parts),
    find(kind, name) {
      const found = records().find(
        (record) => record.record === kind && ('number' in record ? record.number : record.name) === name,
      );
      if (!found) throw new Error(`no ${kind} ${name}`);
      return found as never;
    },
    drop({ name, bytes }) {
      for (const folder of ['done', 'error']) rmSync(join(exchange, 'outbox', folder, name), { force: true });
      mkdirSync(join(exchange, 'outbox'), { recursive: true });
      writeFileSync(join(exchange, 'outbox', name), bytes);
    },
    takeReceipts,
    async correct(change) {
      await takeReceipts();
      const input = join(root, 'export');
      if (!month.writeExport) throw new Error('the month has no export');
      month.writeExport(input, change);
      const built = await command('build', input, '--corrections', '--delete-vanished');
      const [path] = (built.packages as { files: string[] }[]).flatMap(({ files }) => files);
      if (built.exit !== 0 || path === undefined) throw new Error(JSON.stringify(built));
      const file = readPackage(path);
      month.files.push(file);
      return file;
    },
    configure,
    replace,
    revise(file, edit) {
      const bytes = repack(file.bytes, edit);
      replace(file, bytes);
      month.files[month.files.indexOf(file)] = openPackage(file.name, bytes);
    },
    command(name, parameters = own) {
      tick();
      call('ВыполнитьКоманду', name, newStructure(parameters));
    },
    ask: call,
    open(parameters = own) {
      tick();
      return openForm(host.machine, template, parameters);
    },
    receipts() {
      const issued = filesOf(join(exchange, 'receipts'))
        .filter((name) => name.endsWith('.json') && !seen.has(name))
        .map((name) => {
          seen.add(name);
          const file = join(exchange, 'receipts', name);
          const receipt = parseReceipt(readFileSync(file));
          // As old as it says: files written within a second could not be told apart.
          utimesSync(file, new Date(receipt.finishedAt), new Date(receipt.finishedAt));
          return { file, ...receipt };
        });
      return issued.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
    },
    bg1c: command,
    dispose() {
      host.dispose();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** What a base in use has: the seller with her account, the classifier of banks. */
function furnish(base: Base, { files }: Month): Reference {
  const banks = new Map<string, Reference>();
  const bank = (code: string): Reference => {
    const uuid = `ba000000-0000-4000-8000-${String(banks.size).padStart(12, '0')}`;
    const known =
      banks.get(code) ?? put(base, 'Справочник.Банки', uuid, { Код: code, Наименование: `Банк ${code}` });
    banks.set(code, known);
    return known;
  };
  const seller = organization(base);
  for (const record of files.flatMap((file) => file.records)) {
    if (record.record === 'counterparty' && record.bank) bank(record.bank.bik);
    if (record.record !== 'organization' || !record.bank) continue;
    put(base, 'Справочник.БанковскиеСчета', 'acc00000-0000-4000-8000-000000000001', {
      Код: '00-000001',
      Наименование: 'Основной',
      Владелец: seller,
      НомерСчета: record.bank.account,
      Банк: bank(record.bank.bik),
      ВалютаДенежныхСредств: base.reference('Справочник.Валюты', CURRENCY),
    });
  }
  return seller;
}
