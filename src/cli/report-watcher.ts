import { periodName } from '../model/period.ts';
import type { Status } from '../pipeline/books/status.ts';
import { moment } from '../support/dates.ts';

/** A watcher writes twice a minute: unheard of for so long, it stands still. */
const SILENT_MS = 5 * 60_000;

/** What is being worked on, and whether anybody does; nothing where no watcher ever ran. */
export function watcherText({ intake, closings, watcher }: Status, now: Date): string[] {
  const lines = intake.map(({ id, name }) => `Выгрузка в работе: ${name === '' ? `№ ${id}` : name}`);
  for (const period of closings) lines.push(`Месяц берётся из BGBilling: ${periodName(period)}`);
  if (!watcher) return lines;
  const { at, waiting, reachable, running } = watcher;
  const heard = now.getTime() - Date.parse(at) <= SILENT_MS;
  lines.push(
    running && heard
      ? `Наблюдатель: работает, последний отклик ${moment(at)}`
      : `Наблюдатель: сейчас не работает, последний отклик ${moment(at)}`,
  );
  if (waiting > 0) lines.push(`  ждут исправления: ${waiting}; причина — в журнале работы наблюдателя`);
  if (!reachable) lines.push('  папка обмена недоступна');
  return lines;
}
