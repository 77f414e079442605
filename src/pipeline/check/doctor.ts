import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../../config/types.ts';
import { ChannelError } from '../../delivery/channel.ts';
import { configuredChannels } from '../../delivery/registry.ts';
import { openJournal } from '../../journal/journal.ts';
import { loadProfile } from '../../schema/load.ts';
import { createValidator } from '../../schema/validate.ts';
import { messageXsd } from '../../schema/xsd.ts';
import type { Clock } from '../../support/clock.ts';
import { russianDate } from '../../support/dates.ts';
import { plural } from '../../support/text.ts';
import { toolVersion } from '../../support/version.ts';
import { chosenProfile } from '../build/format-fit.ts';
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
    format(config),
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

function format(config: Config): Examination {
  const subject = 'Формат';
  const { profile, fault: unfit } = chosenProfile(config);
  if (!profile) return { subject, ok: false, detail: unfit!.message };
  try {
    createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1'))).dispose();
    return { subject, ok: true, detail: `EnterpriseData ${profile.version}, схема проверки собрана` };
  } catch (error) {
    return { subject, ok: false, detail: (error as Error).message };
  }
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
      examinations.push({ subject, ok: true, detail: 'вход выполнен' });
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      examinations.push({ subject, ok: false, detail: `${error.message} (${error.code})` });
    }
  }
  return examinations;
}

function folder(subject: string, path: string): Examination {
  const there = existsSync(path);
  const nearest = there ? path : nearestFolder(path);
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK);
    return { subject, ok: true, detail: there ? path : `${path} — будет создана` };
  } catch {
    return { subject, ok: false, detail: `${path}: нет права записи в ${nearest}` };
  }
}

function nearestFolder(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) && statSync(parent).isDirectory() ? parent : nearestFolder(parent);
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
