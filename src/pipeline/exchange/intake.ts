import { extname, join } from 'node:path';
import { configFingerprint } from '../../config/fingerprint.ts';
import type { SourceConfig } from '../../config/types.ts';
import { contentHash } from '../../exchange/content.ts';
import { type FilingNote, freeName, writeNotes } from '../../exchange/filing.ts';
import { filesIn, type Settled } from '../../exchange/settled.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import type { IntakeRow } from '../../journal/intake.ts';
import { sha256 } from '../../support/ids.ts';
import { toolVersion } from '../../support/version.ts';
import { type BuildResult, build } from '../build/build.ts';
import { chooseFormat } from '../build/format-choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Exchange } from './exchange.ts';

/**
 * The way of one export through the folder: inbox → `inwork/<number>/` → done or error. The journal knows the state
 * before and after each move; every step can be repeated, so a crash at any point is made good by going on.
 */

/** Whether the thing has gone its way, or has to wait for something outside to be mended. */
export type Progress = { done: true; exit: ExitCode } | { done: false; faults: readonly Fault[] };

/** Faults after which nothing can go on before a person has looked at the journal. */
export const FATAL: readonly FaultCode[] = ['BG1C-JOURNAL-DAMAGED', 'BG1C-JOURNAL-RESTORED'];
/** Faults that say nothing about the export: it stays where it is and is tried again. */
const PASSING: readonly FaultCode[] = [
  ...FATAL,
  'BG1C-JOURNAL-LOCKED',
  'BG1C-JOURNAL-WRITE',
  'BG1C-OUTPUT-WRITE',
];

/** Takes something settled out of the inbox. @returns its number in the journal */
export async function takeOut(exchange: Exchange, { name }: Settled): Promise<number> {
  const { config, disk, journal, layout, log } = exchange;
  const from = join(layout.inbox, name);
  const hash = await contentHash(disk, from);
  // What the passport of the base has chosen meanwhile makes the same export new work, as a changed setting does.
  const { choice } = chooseFormat(config, journal, disk);
  const recipe = sha256(`${configFingerprint(choice?.config ?? config)}\0${toolVersion()}`);
  const id = journal.atomically(() => journal.records.intake.record({ name, hash, recipe }));
  const folder = join(layout.inwork, String(id));
  disk.ensureFolder(folder);
  disk.rename(from, join(folder, name));
  journal.atomically(() => journal.move('intake', [id], 'inwork'));
  log.info('intake.inwork', { intake: id, hash });
  return id;
}

/** Goes on with something that was taken out, from wherever it stands. */
export async function goOn(exchange: Exchange, id: number): Promise<Progress> {
  const { disk, journal, layout, log } = exchange;
  let row = journal.records.intake.get(id)!;
  const folder = join(layout.inwork, String(id));
  const here = (): boolean => disk.stat(join(folder, row.name)) !== undefined;
  if (row.state === 'taking' || (row.state === 'inwork' && !here())) {
    // The move out of the inbox was to be made, or somebody took the export away.
    const to = here() ? 'inwork' : 'withdrawn';
    journal.atomically(() => journal.move('intake', [id], to));
    if (to === 'withdrawn') {
      disk.remove(folder);
      log.warn('intake.withdrawn', { intake: id });
      return { done: true, exit: EXIT.done };
    }
    row = journal.records.intake.get(id)!;
  }
  if (row.state === 'inwork') {
    const { note, target } = exchange.built.get(id) ?? (await work(exchange, row, join(folder, row.name)));
    if (!target) return { done: false, faults: note.faults };
    if (note.packages.length > 0) exchange.built.set(id, { note, target });
    decide(exchange, row, note, target);
    exchange.built.delete(id);
    row = journal.records.intake.get(id)!;
  }
  const target = layout[row.target!];
  let targetName = row.targetName!;
  if (here()) {
    // Somebody may have put a file there meanwhile.
    targetName = freeName(disk, target, targetName, id);
    disk.rename(join(folder, row.name), join(target, targetName));
  }
  disk.remove(folder);
  const columns = { finished_at: exchange.clock().toISOString(), target_name: targetName };
  journal.atomically(() => journal.move('intake', [id], row.target!, columns));
  log.info(`intake.${row.target}`, { intake: id, exit: row.exit!, packages: row.packages });
  return { done: true, exit: row.exit as ExitCode };
}

/** Writes what people need to know beside the place it goes to, then puts the decision down. */
function decide(
  exchange: Exchange,
  { id, name }: IntakeRow,
  note: FilingNote,
  target: 'done' | 'error',
): void {
  const { disk, journal, layout } = exchange;
  const targetName = freeName(disk, layout[target], name, id);
  writeNotes(disk, layout[target], targetName, note);
  const packages = JSON.stringify(note.packages.map(({ packageId }) => packageId));
  journal.atomically(() =>
    journal.move('intake', [id], 'filing', { target, target_name: targetName, exit: note.exit, packages }),
  );
}

/** What an export came to. */
export interface Worked {
  note: FilingNote;
  /** Undefined: it waits. */
  target?: 'done' | 'error';
}

async function work(exchange: Exchange, row: IntakeRow, path: string): Promise<Worked> {
  const { config, disk, journal, layout, clock, openJournal, log } = exchange;
  const { name } = row;
  const before = journal.records.intake.doneBefore(row.hash, row.recipe);
  if (before && (await contentHash(disk, path)) === row.hash) return repeated(journal, row, before);
  const refused = wrongKind(exchange, path, name, config.source.kind);
  if (refused) return { note: failed(name, refused), target: 'error' };
  let result: BuildResult;
  try {
    const { outbox } = layout;
    result = await build({ config, input: path, out: outbox, reissue: false, clock, disk, openJournal });
  } catch (error) {
    log.error('intake.defect', { intake: row.id });
    const reason = (error as Error).message;
    return {
      note: failed(name, fault('BG1C-INBOX-DEFECT', { file: name, reason }), EXIT.internal),
      target: 'error',
    };
  }
  const { exit, packages, leftOut, faults } = result;
  const note: FilingNote = {
    name,
    exit,
    verdict: VERDICTS[exit],
    packages: packages.map(({ packageId, seq, organization, files }) => ({
      packageId,
      seq,
      organization: organization.code,
      files,
    })),
    leftOut,
    faults,
  };
  const passing = faults.some(({ code }) => PASSING.includes(code)) && packages.length === 0;
  if (passing) return { note };
  return { note, target: exit === EXIT.done || exit === EXIT.leftOut ? 'done' : 'error' };
}

const VERDICTS: Record<ExitCode, string> = {
  [EXIT.done]: 'пакет собран и лежит в outbox',
  [EXIT.errors]: 'пакет не собран: исправьте ошибки и положите выгрузку в inbox ещё раз',
  [EXIT.usage]: 'пакет не собран: исправьте настройки и положите выгрузку в inbox ещё раз',
  [EXIT.leftOut]: 'пакет собран и лежит в outbox, но вошли не все документы',
  [EXIT.inDoubt]: 'пакет собран и лежит в outbox',
  [EXIT.internal]: 'пакет не собран: ошибка программы',
};

function failed(name: string, found: Fault, exit: ExitCode = EXIT.errors): FilingNote {
  return { name, exit, verdict: VERDICTS[exit], packages: [], leftOut: [], faults: [found] };
}

/** The same content, configuration and version: the package is there, and no other comes of it. */
function repeated({ records }: Exchange['journal'], { name }: IntakeRow, before: IntakeRow): Worked {
  const packages = before.packages.flatMap((packageId) => {
    const stored = records.packages.find(packageId);
    return stored ? [{ packageId, seq: stored.seq, organization: stored.organization, files: [] }] : [];
  });
  const numbers = packages.map(({ organization, seq }) => `${organization} № ${seq}`).join(', ') || 'нет';
  const faults = [fault('BG1C-INBOX-REPEATED', { file: name, packages: numbers })];
  const verdict = 'та же выгрузка уже обработана, новый пакет не нужен';
  return { note: { name, exit: EXIT.done, verdict, packages, leftOut: [], faults }, target: 'done' };
}

/** Endings of an export that is one file, by kind of source. */
const ENDINGS: Record<SourceConfig['kind'], readonly string[]> = {
  'bgbilling-csv': ['.zip'],
  'bgbilling-xml': ['.zip', '.xml'],
  'bgbilling-json': ['.zip', '.json'],
  'bgbilling-db': ['.zip'],
};

function wrongKind(
  { disk }: Exchange,
  path: string,
  name: string,
  kind: SourceConfig['kind'],
): Fault | undefined {
  const found = disk.stat(path)!;
  const empty = found.kind === 'folder' ? filesIn(disk, path).length === 0 : found.size === 0;
  if (empty) return fault('BG1C-INBOX-EMPTY', { file: name });
  if (found.kind === 'folder' || ENDINGS[kind].includes(extname(name).toLowerCase())) return undefined;
  const reason = `ожидается папка или файл ${ENDINGS[kind].join(', ')}`;
  return fault('BG1C-INBOX-KIND', { file: name, reason });
}
