import { existsSync } from 'node:fs';
import type { Config } from '../../config/types.ts';
import type { ChannelName } from '../../delivery/channel.ts';
import { channelNamed, configuredChannels } from '../../delivery/registry.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type {
  ChannelSummary,
  KindSummary,
  MonthReport,
  ReportDocument,
  ReportStep,
  ReportTask,
} from '../../formats/report/report.ts';
import { type Journal, type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import { documentName } from '../../model/document-name.ts';
import { DOCUMENT_KINDS } from '../../model/types.ts';
import type { Clock } from '../../support/clock.ts';
import { type DocumentStatus, describe, documentsOf } from '../books/document-status.ts';
import { type Buyer, contentsOf, type LeftOut } from './contents.ts';
import { deliveryMeaning, isDelivered, STANDING_MEANINGS } from './words.ts';

export interface ReportRequest {
  config: Config;
  /** Without it the newest month of the journal. */
  period?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal | undefined;
}

/** Where every document of a month is, and what needs a person. */
export async function monthReport(
  request: ReportRequest,
): Promise<{ report?: MonthReport; faults: Fault[] }> {
  const { config, clock } = request;
  const { path } = config.journal;
  // Whoever only looks creates nothing.
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(
    existsSync(path) ? path : ':memory:',
    clock,
  );
  if (!journal) return { faults: [refused!] };
  try {
    const all = journal.records.packages.list();
    const period =
      request.period ??
      all
        .map((one) => one.period)
        .sort()
        .at(-1);
    const stored = all.filter((one) => one.period === period).sort((a, b) => a.id - b.id);
    if (period === undefined || stored.length === 0)
      return { faults: [fault('BG1C-STATUS-NONE', { wanted: period ?? 'месяцы' })] };
    return { report: await assemble(config, journal, period, stored, clock), faults: [] };
  } finally {
    journal.close();
  }
}

async function assemble(
  config: Config,
  journal: Journal,
  period: string,
  stored: readonly StoredPackage[],
  clock: Clock,
): Promise<MonthReport> {
  const packages = new Map(stored.map((one) => [one.id, one]));
  const rows = documentsOf(journal, packages);
  const documents = describe(config, journal, packages, rows, false);
  const { buyers, leftOut } = await contentsOf(journal, stored);
  const codes = new Set(stored.map(({ organization }) => organization));
  return {
    period,
    organizations: config.organizations.filter(({ code }) => codes.has(code)).map(({ name }) => name),
    made: clock().toISOString(),
    steps: stepsOf(documents),
    kinds: kindsOf(documents),
    channels: channelsOf(documents),
    tasks: tasksOf(config, documents, leftOut),
    differences: differencesOf(journal, stored),
    documents: documents
      .map((one) => reportDocument(one, buyers.get(one.uuid)))
      .sort(
        (a, b) =>
          a.buyer.localeCompare(b.buyer, 'ru') ||
          a.date.localeCompare(b.date) ||
          a.number.localeCompare(b.number),
      ),
  };
}

const isBooked = ({ standing }: DocumentStatus): boolean => standing === 'posted';
/** A bill and a VAT invoice are about the same money. */
const isSale = ({ kind }: DocumentStatus): boolean => kind === 'act' || kind === 'upd';
const hasArrived = ({ deliveries }: DocumentStatus): boolean => deliveries.some(isDelivered);
const sumOf = (documents: readonly DocumentStatus[]): number =>
  documents.reduce((all, { sum }) => all + sum, 0);

function stepsOf(documents: readonly DocumentStatus[]): ReportStep[] {
  const step = (title: string, found: readonly DocumentStatus[]): ReportStep => ({
    title,
    count: found.length,
    sum: sumOf(found.filter(isSale)),
  });
  return [
    step('Выставлено', documents),
    step('Проведено в 1С', documents.filter(isBooked)),
    step('Доставлено', documents.filter(hasArrived)),
  ];
}

function kindsOf(documents: readonly DocumentStatus[]): KindSummary[] {
  return DOCUMENT_KINDS.flatMap((kind) => {
    const own = documents.filter((one) => one.kind === kind);
    const booked = own.filter(isBooked);
    const delivered = own.filter(hasArrived).length;
    return own.length === 0
      ? []
      : [
          {
            kind,
            count: own.length,
            sum: sumOf(own),
            booked: booked.length,
            bookedSum: sumOf(booked),
            delivered,
          },
        ];
  });
}

function channelTitle(name: string): string {
  return channelNamed(name as ChannelName)?.title ?? name;
}

function channelsOf(documents: readonly DocumentStatus[]): ChannelSummary[] {
  const summaries = new Map<string, ChannelSummary>();
  for (const delivery of documents.flatMap(({ deliveries }) => latestByChannel(deliveries))) {
    const { channel, status, outcome, remoteState } = delivery;
    const one = summaries.get(channel) ?? {
      ...{ title: channelTitle(channel), delivered: 0, signed: 0, waiting: 0, doubtful: 0, refused: 0 },
    };
    summaries.set(channel, one);
    if (isDelivered(delivery)) {
      one.delivered++;
      if (remoteState === 'signed') one.signed++;
    } else if (outcome === 'in-doubt') one.doubtful++;
    else if (status === 'waiting' || status === 'running') one.waiting++;
    else one.refused++;
  }
  return [...summaries.values()];
}

/** They come the latest first: what is older in a channel was replaced. */
function latestByChannel(deliveries: DocumentStatus['deliveries']): DocumentStatus['deliveries'] {
  return deliveries.filter(
    ({ channel }, index) => deliveries.findIndex((one) => one.channel === channel) === index,
  );
}

const URGENCIES: readonly ReportTask['urgency'][] = ['error', 'warning', 'notice'];

/** What needs a person: the same thing of many documents is one task. */
function tasksOf(
  config: Config,
  documents: readonly DocumentStatus[],
  leftOut: readonly LeftOut[],
): ReportTask[] {
  const tasks = new Map<string, ReportTask>();
  const add = (task: Omit<ReportTask, 'documents'>, document: string): void => {
    const key = `${task.title} ${task.action}`;
    const known = tasks.get(key) ?? { ...task, documents: [] };
    known.documents.push(document);
    tasks.set(key, known);
  };
  const channels = configuredChannels(config).map(({ name }) => name);
  for (const one of documents) {
    const name = documentName(one);
    const { task } = STANDING_MEANINGS[one.standing];
    if (task) add(task, name);
    for (const delivery of latestByChannel(one.deliveries)) {
      const { task: open } = deliveryMeaning(delivery, channelTitle(delivery.channel));
      if (open) add(open, `${name} (доставка ${delivery.id})`);
    }
    if (isBooked(one) && one.deliveries.length === 0 && channels.length > 0) add(unsent(channels), name);
  }
  for (const { name, codes } of leftOut) add(unmade(codes), name);
  return [...tasks.values()].sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency));
}

function unsent(channels: readonly string[]): Omit<ReportTask, 'documents'> {
  return {
    urgency: 'warning',
    title: 'Проведены, но никуда не отправлены',
    action: `${channels.map((name) => `bg1c send ${name}`).join(' или ')}; почему документ не уходит, скажет --dry-run`,
  };
}

function unmade(codes: readonly string[]): Omit<ReportTask, 'documents'> {
  return {
    urgency: 'error',
    title: `Не вошли в пакет: ${codes.join(', ')}`,
    action:
      'Исправьте данные в BGBilling и соберите пакет заново: bg1c build; что исправить, сказано в замечании',
  };
}

/** By the latest package of each organisation. */
function differencesOf(journal: Journal, stored: readonly StoredPackage[]): MonthReport['differences'] {
  const latest = new Map(stored.map((one) => [one.organization, one.id]));
  return [...latest.values()]
    .flatMap((id) => journal.records.contractTotals.of(id))
    .flatMap(({ number, accrued, documents }) =>
      accrued === null || accrued === documents ? [] : [{ contract: number, accrued, documents }],
    );
}

function reportDocument(one: DocumentStatus, buyer: Buyer | undefined): ReportDocument {
  const { kind, number, date, sum, vat, standing, books, deliveries } = one;
  const { text, tone } = STANDING_MEANINGS[standing];
  return {
    ...{ kind, number: number || (books?.number ?? ''), date, sum, vat },
    buyer: buyer?.name ?? '',
    inn: buyer?.inn ?? '',
    account: buyer?.account ?? '',
    booked: { text, tone },
    deliveries: latestByChannel(deliveries).map((delivery) => {
      const channel = channelTitle(delivery.channel);
      const meaning = deliveryMeaning(delivery, channel);
      return { channel, text: meaning.text, tone: meaning.tone };
    }),
  };
}
