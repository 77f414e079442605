import type { Bitrix24Config } from '../../config/types.ts';
import { PortalError } from '../../delivery/bitrix24/answer.ts';
import {
  type Card,
  COMPANY,
  CONTACT,
  cardOf,
  type OwnerType,
  USER_FIELDS,
} from '../../delivery/bitrix24/card.ts';
import { createPortal, type Portal } from '../../delivery/bitrix24/client.ts';
import { withoutCollective } from '../../delivery/bitrix24/collective.ts';
import { markBeginnings, type PullResult, pull } from '../../delivery/bitrix24/pull.ts';
import { type PushResult, push } from '../../delivery/bitrix24/push.ts';
import {
  createFields,
  type Inspection,
  inspect,
  lackingScopes,
  type MissingField,
  type Presets,
} from '../../delivery/bitrix24/setup.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, journalFault } from '../../journal/journal.ts';
import { takeLock } from '../../journal/lock.ts';
import type { PartyKind } from '../../model/types.ts';
import { exitCodeOf } from '../exit.ts';
import { unreconciled } from '../journal/reconciled.ts';
import { type OnecCards, readCards } from './cards.ts';
import { type CrmOutcome, type CrmRequest, openCrm, type Worked } from './request.ts';

/** What the work with a portal has at hand. */
export interface AtPortal {
  channel: Bitrix24Config;
  portal: Portal;
  journal: Journal;
  types: readonly OwnerType[];
}

export interface SetupResult extends Inspection {
  portal: string;
  created: MissingField[];
}

/** Looks whether a portal has what we need; makes missing fields where it is allowed. */
export function setupCrm(request: CrmRequest, create: boolean): Promise<CrmOutcome<SetupResult>> {
  return withPortal(request, false, async ({ portal, types }) => {
    const found = await inspect(portal, types);
    const faults = [...scopeFaults(portal.name, found), ...presetFaults(portal.name, found, types)];
    const may = create && lackingScopes(found.scopes).length === 0;
    if (may) await createFields(portal, found.missing);
    const result = { ...found, portal: portal.name, created: may ? found.missing : [] };
    return { result, faults };
  });
}

/** 1C → CRM. @param file another export of counterparties than that of the exchange folder */
export function pushToCrm(
  request: CrmRequest,
  {
    file,
    dryRun,
    progress,
  }: { file?: string | undefined; dryRun: boolean; progress?: (done: number, total: number) => void },
): Promise<CrmOutcome<PushResult>> {
  return withCards(request, file, dryRun, async (surroundings, cards, found) => {
    const { portal, journal, channel, types } = surroundings;
    const ready = await readyPresets(portal, types);
    if (!ready.presets) return { faults: ready.faults };
    if (!dryRun) {
      markBeginnings(journal, portal.name, types, request.clock);
      learnAddresses(journal, portal.name, found);
    }
    const result = await push({
      portal,
      journal,
      cards,
      presets: ready.presets,
      responsible: channel.responsible,
      dryRun,
      clock: request.clock,
      sleep: request.sleep,
      progress,
    });
    const failed = result.failed.map(({ title, reason }) => fault('BG1C-CRM-CARD', { title, reason }));
    return { result, faults: [...failed, ...decideFaults(journal, portal.name)] };
  });
}

/** CRM → the list of changes. @param everything looks at every card, whatever its time says */
export function pullFromCrm(
  request: CrmRequest,
  { file, everything }: { file?: string | undefined; everything: boolean },
): Promise<CrmOutcome<PullResult>> {
  return withCards(request, file, false, async ({ portal, journal, types }, cards) => {
    const ready = await readyPresets(portal, types);
    if (!ready.presets) return { faults: ready.faults };
    const { clock } = request;
    const result = await pull({ portal, journal, cards, presets: ready.presets, types, everything, clock });
    return { result, faults: decideFaults(journal, portal.name) };
  });
}

/** With the counterparties of 1C in the words of the CRM. */
function withCards<T>(
  request: CrmRequest,
  file: string | undefined,
  dryRun: boolean,
  work: (surroundings: AtPortal, cards: Card[], found: OnecCards) => Promise<Worked<T>>,
): Promise<CrmOutcome<T>> {
  return withPortal(request, dryRun, async (surroundings) => {
    const { found, fault: unread } = readCards(request.config, file, request.clock);
    if (!found) return { faults: [unread!] };
    const { channel, journal } = surroundings;
    const real = withoutCollective(found.cards, request.config, journal.records);
    const cards = real.map((card) => cardOf(card, channel.owners));
    const { result, faults } = await work(surroundings, cards, { ...found, cards: real });
    return { ...(result && { result }), faults: [...found.faults, ...faults] };
  });
}

/** With the portal of the settings and the journal; one program at a time. Expected failures become faults. */
export async function withPortal<T>(
  request: CrmRequest,
  dryRun: boolean,
  work: (surroundings: AtPortal) => Promise<Worked<T>>,
): Promise<CrmOutcome<T>> {
  const end = ({ result, faults }: Worked<T>): CrmOutcome<T> => ({
    exit: exitCodeOf(
      faults,
      result !== undefined,
      faults.filter(({ code }) => code === 'BG1C-CRM-CARD').length,
    ),
    ...(result && { result }),
    faults,
  });
  const { opened, fault: refused } = openCrm(request, !dryRun);
  if (!opened) return end({ faults: [refused!] });
  const { config, clock, sleep } = request;
  const { channel, access, journal } = opened;
  const { path } = config.journal;
  const lock = dryRun ? undefined : takeLock(`${path}.bitrix24.lock`);
  try {
    if (!lock && !dryRun) return end({ faults: [fault('BG1C-CRM-BUSY', { portal: access.portal })] });
    const locked = unreconciled(journal);
    if (locked) return end({ faults: [locked] });
    const portal = createPortal({ access, rate: channel.rate, clock, sleep });
    const types = config.consent.bitrix24 ? ([COMPANY, CONTACT] as const) : ([COMPANY] as const);
    return end(await work({ channel, portal, journal, types }));
  } catch (error) {
    const found =
      error instanceof PortalError
        ? fault('BG1C-CRM-PORTAL', { portal: access.portal, reason: error.message })
        : journalFault(path, error);
    if (!found) throw error;
    return end({ faults: [found] });
  } finally {
    lock?.release();
    journal.close();
  }
}

async function readyPresets(
  portal: Portal,
  types: readonly OwnerType[],
): Promise<{ presets?: Presets; faults: Fault[] }> {
  const found = await inspect(portal, types);
  const faults = [...scopeFaults(portal.name, found), ...presetFaults(portal.name, found, types)];
  if (faults.length === 0 && found.missing.length > 0) {
    const fields = [...new Set(found.missing.map(({ field }) => `«${USER_FIELDS[field].label}»`))].join(', ');
    faults.push(fault('BG1C-CRM-FIELDS', { portal: portal.name, fields }));
  }
  return faults.length > 0 ? { faults } : { presets: found.presets as Presets, faults };
}

function scopeFaults(portal: string, { scopes }: Inspection): Fault[] {
  const lacking = lackingScopes(scopes);
  return lacking.length === 0 ? [] : [fault('BG1C-CRM-SCOPE', { portal, scopes: lacking.join(', ') })];
}

const PRESET_NAMES: Readonly<Record<PartyKind, string>> = {
  'legal-entity': 'Организация',
  'sole-trader': 'ИП',
  person: 'Физ. лицо',
};

function presetFaults(portal: string, { scopes, presets }: Inspection, types: readonly OwnerType[]): Fault[] {
  if (lackingScopes(scopes).length > 0) return [];
  const kinds = Object.entries(PRESET_NAMES) as [PartyKind, string][];
  return kinds
    .filter(([kind]) => !presets[kind] && (kind !== 'person' || types.includes(CONTACT)))
    .map(([, preset]) => fault('BG1C-CRM-PRESET', { portal, preset }));
}

function decideFaults(journal: Journal, portal: string): Fault[] {
  const count = journal.records.crmChanges.list(portal, 'open').length;
  return count === 0 ? [] : [fault('BG1C-CRM-DECIDE', { count })];
}

/** E-mails of the cards go into the address book of the letters, once for each export. */
function learnAddresses(
  { records, atomically }: Journal,
  portal: string,
  { cards, createdAt }: OnecCards,
): void {
  if (records.crm.cursor(portal, 'export') === createdAt) return;
  atomically(() => {
    for (const { ref1c: counterparty, inn, kpp, emails } of cards)
      records.addressBook.replace({ inn, kpp, counterparty }, emails, 'onec');
    records.crm.moveCursor(portal, 'export', createdAt);
  });
}
