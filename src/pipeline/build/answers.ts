import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFingerprint } from '../../config/fingerprint.ts';
import { contentHash } from '../../exchange/content.ts';
import { type Disk, realDisk } from '../../exchange/disk.ts';
import { filesIn } from '../../exchange/settled.ts';
import { moscowMoment } from '../../formats/upd/source.ts';
import { type Journal, openJournal } from '../../journal/journal.ts';
import { writeFileAtomic } from '../../support/files.ts';
import { sha256 } from '../../support/ids.ts';
import { toolVersion } from '../../support/version.ts';
import { unreconciled } from '../journal/reconciled.ts';
import { chosenProfile, profileFingerprint } from './format-fit.ts';
import type { BuildRequest, BuildResult } from './request.ts';

/**
 * Answers of builds, so that an export that was built already is answered at once: its bytes are hashed, nothing is
 * read. An answer holds as long as the export, the settings, the version, the journal and the files given out are what
 * they were, to the byte; whatever differs, the month is built. Answers lie beside the journal, readable by the owner
 * alone; they may be removed at any time, and `purge` does.
 */
interface Answer {
  version: 2;
  /** Hash of the export. */
  content: string;
  /** Of the journal when the build was done. */
  revision: string;
  /** Hashes of the files given out, by path. */
  files: Record<string, string>;
  result: BuildResult;
}

/** A build that would be kept or answered: one that writes packages out of files. */
export interface Ask {
  path: string;
  /** Size and time of every file of the export before it was read. */
  seen: string;
}

/** What to ask by; undefined where the build is none that is answered. The watcher knows exports by itself. */
export function askOf(request: BuildRequest): Ask | undefined {
  const { config, input, out, period, dryRun, again, observe, clock } = request;
  const { profile } = chosenProfile(config);
  const other = dryRun || again || observe || request.disk || request.openJournal;
  if (other || !profile || !existsSync(input)) return undefined;
  const { failOnLoss, corrections, deleteVanished, documentsPerPart } = request;
  const key = sha256(
    JSON.stringify([
      toolVersion(),
      configFingerprint(config),
      profileFingerprint(config, profile),
      [period, out ?? config.exchange.dir, failOnLoss, corrections, deleteVanished, documentsPerPart],
      // Whether the month is over by now is part of a result.
      moscowMoment(clock()).date.slice(0, 7),
    ]),
  );
  return { path: join(answersFolder(config.journal.path), `${key}.json`), seen: statsOf(input) };
}

/** The result of the same build before; undefined where anything may differ. */
export async function answered(request: BuildRequest, { path }: Ask): Promise<BuildResult | undefined> {
  const { config, input } = request;
  const answer = readAnswer(path);
  if (!answer || !existsSync(config.journal.path)) return undefined;
  if ((await contentHash(realDisk, input)) !== answer.content) return undefined;
  for (const [file, hash] of Object.entries(answer.files))
    if (!existsSync(file) || (await contentHash(realDisk, file)) !== hash) return undefined;
  const same = withJournal(
    request,
    (journal) => !journal.begin() && !unreconciled(journal) && journal.revision() === answer.revision,
  );
  return same ? { ...answer.result, unchanged: true } : undefined;
}

/** Keeps the result of a build that has just ended. */
export async function keepAnswer(request: BuildRequest, ask: Ask, result: BuildResult): Promise<void> {
  const { input } = request;
  if (result.packages.length === 0) return;
  const content = await contentHash(realDisk, input);
  // Written to meanwhile: whether it was read before or after nobody knows.
  if (statsOf(input) !== ask.seen) return;
  const files: Answer['files'] = {};
  for (const { files: given } of result.packages)
    for (const file of given) files[file] = await contentHash(realDisk, file);
  const revision = withJournal(request, (journal) => journal.revision());
  if (revision === undefined) return;
  const packages = result.packages.map((one) => ({ ...one, waiting: [] }));
  const answer: Answer = { version: 2, content, revision, files, result: { ...result, packages } };
  writeFileAtomic(ask.path, JSON.stringify(answer));
}

/** Nothing where the disk refuses: what is wrong there the build says, and a build that is done is done. */
export async function atBest<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return undefined;
  }
}

/** Removes all answers: they name documents and counterparties. */
export function forgetAnswers(journal: string, disk: Disk): void {
  disk.remove(answersFolder(journal));
}

function answersFolder(journal: string): string {
  return join(dirname(journal), 'answers');
}

function readAnswer(path: string): Answer | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const answer = JSON.parse(readFileSync(path, 'utf8')) as Partial<Answer>;
    return answer.version === 2 ? (answer as Answer) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function withJournal<T>({ config, clock }: BuildRequest, ask: (journal: Journal) => T): T | undefined {
  const { journal } = openJournal(config.journal.path, clock);
  if (!journal) return undefined;
  try {
    return ask(journal);
  } finally {
    journal.close();
  }
}

function statsOf(path: string): string {
  const found = realDisk.stat(path);
  const of = (one: typeof found): string => `${one?.kind} ${one?.size} ${one?.changedMs}`;
  if (found?.kind !== 'folder') return of(found);
  return filesIn(realDisk, path)
    .map((name) => `${name} ${of(realDisk.stat(join(path, name)))}`)
    .join('\n');
}
