import type { ChannelName, Reach, RemoteState } from '../delivery/channel.ts';
import { channelNamed } from '../delivery/registry.ts';
import type { DeliveryStatus } from '../pipeline/books/document-status.ts';
import type { CapturedNote, DeliverResult } from '../pipeline/deliver/deliver.ts';
import type { ReachResult } from '../pipeline/deliver/reach.ts';
import { moment } from '../support/dates.ts';
import { alignRows } from './align.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

/** Where a thing is on the other side. */
const REMOTE_STATES: Readonly<Record<RemoteState, string>> = {
  draft: 'черновик',
  'awaiting-signature': 'ждёт подписи',
  invited: 'получатель приглашён',
  sent: 'отправлен',
  delivered: 'доставлен',
  signed: 'подписан получателем',
  rejected: 'отклонён получателем',
  annulled: 'аннулирован',
  failed: 'ошибка доставки',
  unknown: 'состояние неизвестно',
};

const COUNTS = [
  ['sent', 'отправлено'],
  ['found', 'уже были отправлены'],
  ['rejected', 'не приняты'],
  ['leftOut', 'не составлены'],
  ['later', 'отложены'],
  ['givenUp', 'не удалось отправить'],
  ['inDoubt', 'результат уточняется'],
  ['undecided', 'под вопросом: решает человек'],
  ['elsewhere', 'заняты другой программой (если она прервана, освободятся через 10 минут)'],
] as const satisfies readonly (readonly [keyof NonNullable<DeliverResult['summary']>, string])[];

const CAPTURED_SHOWN = 20;

/** What a run of `bg1c send` did, for a person. */
export function deliverText(
  { summary, news, captured, faults, dryRun }: DeliverResult,
  title: string,
): string {
  const blocks = [faultsText(faults)];
  if (captured.length > 0) blocks.push(capturedText(captured));
  const states = Object.entries(news) as [RemoteState, number][];
  if (states.length > 0)
    blocks.push(
      `${title}, новые состояния: ${states.map(([state, count]) => `${REMOTE_STATES[state]} — ${count}`).join(', ')}.\n`,
    );
  if (summary) {
    const counts = COUNTS.filter(([key]) => key === 'sent' || summary[key] > 0);
    const told = counts.map(
      ([key, text]) => `${dryRun && key === 'sent' ? 'ушло бы' : text} ${summary[key]}`,
    );
    const broken = summary.broken ? '; остановлено раньше времени' : '';
    blocks.push(`${title}${dryRun ? ' (пробный запуск)' : ''}: ${told.join(', ')}${broken}.\n`);
  }
  blocks.push(`Итог: ${summary ? 'готово' : 'не начато'}; ${faultsSummary(faults)}.\n`);
  return blocks.join('');
}

function capturedText(captured: readonly CapturedNote[]): string {
  const shown = captured
    .slice(0, CAPTURED_SHOWN)
    .map(({ to, bytes }) => `  ${to}, ${Math.ceil(bytes / 1024)} КБ\n`);
  const more = captured.length > CAPTURED_SHOWN ? `  … и ещё ${captured.length - CAPTURED_SHOWN}\n` : '';
  return `Ушло бы:\n${shown.join('')}${more}\n`;
}

const WAYS: Readonly<Record<Reach['how'], string>> = {
  receives: 'примет',
  roaming: 'примет через роуминг',
  invite: 'нужно пригласить',
  unreachable: 'не примет',
};

/** Who can be reached, for a person: those who need attention first, then how many there are of the others. */
export function reachText({ reach, faults }: ReachResult): string {
  const blocks = [faultsText(faults)];
  const order: Reach['how'][] = ['unreachable', 'invite', 'roaming', 'receives'];
  for (const how of order) {
    const found = reach.filter((one) => one.how === how);
    if (found.length === 0) continue;
    blocks.push(`${WAYS[how]}: ${found.length}\n`);
    if (how !== 'receives') blocks.push(alignRows(found.map(reachRow)));
  }
  const mail = reach.filter(({ how, counterparty }) => how !== 'receives' && counterparty.emails.length > 0);
  if (mail.length > 0)
    blocks.push(`Из тех, кто не примет сам, с адресом почты: ${mail.length} (bg1c send mail)\n`);
  return blocks.join('');
}

function reachRow({ counterparty: { name, inn = '', kpp = '' }, operator = '', note = '' }: Reach): string[] {
  return [name, inn, kpp, operator, note];
}

/** Where one delivery is: «СБИС: доставлен (03.11.2026 12:00; доставка 17)». */
export function deliveryText(delivery: DeliveryStatus): string {
  const { id, channel, changedAt } = delivery;
  const title = channelNamed(channel as ChannelName)?.title ?? channel;
  return `${title}: ${progressText(delivery)} (${moment(changedAt)}; доставка ${id})`;
}

function progressText({
  status,
  outcome,
  remoteState,
  remoteCode,
  remoteName,
  failureCode,
}: DeliveryStatus): string {
  const failure = failureCode === null ? '' : ` (${failureCode})`;
  if (status === 'running') return 'отправляется';
  if (outcome === 'in-doubt')
    return `${status === 'dead' ? 'под вопросом, решите: bg1c resolve' : 'результат уточняется'}${failure}`;
  if (status === 'waiting') return `ждёт отправки${failure}`;
  if (outcome === 'rejected') return `не принят${failure}`;
  if (status === 'dead')
    return failureCode === 'replaced' ? 'заменён новой редакцией' : `не отправлен${failure}`;
  if (remoteState === null) return 'отправлен';
  if (remoteState === 'unknown') return `состояние ${remoteCode} «${remoteName}»`;
  return REMOTE_STATES[remoteState as RemoteState];
}
