import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../../config/types.ts';
import { ChannelError } from '../../delivery/channel.ts';
import { configuredChannels } from '../../delivery/registry.ts';
import { realDisk } from '../../exchange/disk.ts';
import { layoutOf } from '../../exchange/layout.ts';
import { openJournal } from '../../journal/journal.ts';
import { loadProfile } from '../../schema/load.ts';
import { createValidator } from '../../schema/validate.ts';
import { messageXsd } from '../../schema/xsd.ts';
import type { Clock } from '../../support/clock.ts';
import { russianDate } from '../../support/dates.ts';
import { probeFolder } from '../../support/files.ts';
import { plural } from '../../support/text.ts';
import { toolVersion } from '../../support/version.ts';
import { chooseFormat, configurationOf, type FormatChoice, versionsText } from '../build/format-choice.ts';
import { knownPassport, type PassportFound, passportDay } from '../build/known-passport.ts';
import { openBilling } from '../exchange/billing.ts';
import { unreconciled } from '../journal/reconciled.ts';

/** One thing that was looked at. */
export interface Examination {
  subject: string;
  ok: boolean;
  detail: string;
}

/** Longest wait for the channels together, ms. */
const CHANNEL_WITHIN = 60_000;

/** Looks at everything a build and a sending need; writes nothing and creates nothing. */
export async function examine(config: Config, clock: Clock): Promise<Examination[]> {
  return [
    versions(),
    ...format(config, clock),
    ...(await database(config)),
    folder('Папка обмена', config.exchange.dir),
    journal(config, clock),
    ...(await channels(config, clock)),
  ];
}

function versions(): Examination {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    subject: 'Версии',
    ok,
    detail: `bg1c ${toolVersion()}, Node ${process.versions.node}${ok ? '' : ': нужна 20.19 или новее'}`,
  };
}

/** The version that a build would take now, who chose it, and the passport of the base. */
function format(config: Config, clock: Clock): Examination[] {
  const subject = 'Формат';
  const { path } = config.journal;
  const { journal: opened } = existsSync(path) ? openJournal(path, clock) : {};
  try {
    const { choice, fault: refused } = chooseFormat(config, opened, realDisk);
    const passport = passportExamination(config, knownPassport(config, opened, realDisk));
    if (!choice) return [{ subject, ok: false, detail: `${refused!.message}. ${refused!.remedy}` }, passport];
    const { profile } = choice;
    createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1'))).dispose();
    const detail = `EnterpriseData ${profile.version} – ${chosenBy(config, choice)}, схема проверки собрана`;
    return [{ subject, ok: true, detail }, passport];
  } catch (error) {
    return [{ subject, ok: false, detail: (error as Error).message }];
  } finally {
    opened?.close();
  }
}

function chosenBy({ onec: { format: wanted } }: Config, { config }: FormatChoice): string {
  if (wanted !== undefined) return 'из настроек (onec.format)';
  return config.onec.byPassport?.format ? 'по паспорту базы' : 'по умолчанию';
}

function passportExamination(
  { onec: { infobase }, exchange }: Config,
  { passport, fault: doubt }: PassportFound,
): Examination {
  const subject = 'Паспорт базы';
  if (infobase === undefined)
    return { subject, ok: true, detail: 'не учитывается: в настройках нет базы (onec.infobase)' };
  if (!passport) {
    const detail = doubt
      ? `${doubt.message}. ${doubt.remedy}`
      : `ещё не получен: сохраните его кнопкой «Паспорт базы» обработки 1С в ${layoutOf(exchange.dir).passport}`;
    return { subject, ok: !doubt, detail };
  }
  const versions = passport.formatVersions;
  const accepted =
    versions.length === 0 ? 'какие версии принимает, не сказано' : `принимает ${versionsText(versions)}`;
  const day = russianDate(passportDay(passport));
  const told = `от ${day}, ${configurationOf(passport)}, ${accepted}`;
  return { subject, ok: !doubt, detail: doubt ? `${told}; ${doubt.message}` : told };
}

/** The billing's database, where months are taken from it. */
async function database(config: Config): Promise<Examination[]> {
  if (config.source.kind !== 'bgbilling-db') return [];
  const subject = 'База BGBilling';
  const { billing, faults } = await openBilling(config);
  if (!billing) return [{ subject, ok: false, detail: faults.map(({ message }) => message).join('; ') }];
  try {
    const closed = await billing.closedDate();
    const until = closed === undefined ? 'закрытых периодов нет' : `закрыто по ${russianDate(closed)}`;
    return [{ subject, ok: true, detail: `читается, ${until}` }];
  } catch (error) {
    return [{ subject, ok: false, detail: `отвечает, но не читается: ${(error as Error).message}` }];
  } finally {
    await billing.close();
  }
}

/** Every channel that is set up is entered, as before a sending; nothing is sent. */
async function channels(config: Config, clock: Clock): Promise<Examination[]> {
  const signal = AbortSignal.timeout(CHANNEL_WITHIN);
  const examinations: Examination[] = [];
  for (const channel of configuredChannels(config)) {
    const subject = `Канал «${channel.title}»`;
    try {
      const surroundings = { config, clock, random: Math.random, sleep: async () => {}, signal };
      const session = await channel.connect(surroundings);
      await session.close();
      examinations.push({ subject, ok: true, detail: channel.reached ?? 'вход выполнен' });
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      examinations.push({ subject, ok: false, detail: error.message });
    }
  }
  return examinations;
}

function folder(subject: string, path: string): Examination {
  try {
    probeFolder(path);
    return { subject, ok: true, detail: existsSync(path) ? path : `${path} — будет создана` };
  } catch (error) {
    const { code, path: place } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOTDIR' ? `${place} — не папка` : `нет права записи в ${place}`;
    return { subject, ok: false, detail: `${path}: ${reason}` };
  }
}

function journal({ journal: { path } }: Config, clock: Clock): Examination {
  const subject = 'Журнал';
  if (!existsSync(path)) return { ...folder(subject, dirname(path)), detail: `${path} — будет создан` };
  const { journal: opened, fault: refused } = openJournal(path, clock);
  if (!opened) return { subject, ok: false, detail: refused!.message };
  try {
    const restored = unreconciled(opened);
    if (restored) return { subject, ok: false, detail: `${restored.message}. ${restored.remedy}` };
    const integrity = opened.integrity();
    const packages = plural(opened.packages().length, 'пакет', 'пакета', 'пакетов');
    return {
      subject,
      ok: integrity === 'ok',
      detail: integrity === 'ok' ? `${path}: цел, ${packages}` : `${path}: ${integrity}`,
    };
  } finally {
    opened.close();
  }
}
