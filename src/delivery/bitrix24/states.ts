import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import type { Command, Portal } from './client.ts';
import { digest } from './compare.ts';
import { COMMENTS } from './documents.ts';
import { groups } from './lists.ts';
import { findComment, type Place } from './timeline.ts';

/**
 * A second comment beside the one with the PDF says how far a document has come: booked, sent, signed. It is written
 * over as that changes; the comment with the file is never touched, for the documentation does not say whether its file
 * would stay.
 */
export interface DocumentState {
  /** Of the delivery. */
  key: string;
  text: string;
  formed: Date;
}

export interface StatesResult {
  /** Documents whose comment stands in the CRM. */
  known: number;
  written: number;
  /** Their outcome is not known: the next run looks. */
  open: number;
}

/** In the journal: the comment about the state of a delivery, by its key. */
const STATES = 'state';
const AT_ONCE = 200;
/** The portal ends a request after 60 s: before that it is too early to look for what it made. */
const SETTLED_MS = 65_000;

/** @throws PortalError where the portal does not serve us; what was done until then is kept */
export async function putStates(
  portal: Portal,
  journal: Journal,
  states: readonly DocumentState[],
  clock: Clock,
): Promise<StatesResult> {
  const { crm } = journal.records;
  const places = crm.pieces(portal.name, COMMENTS);
  const written = crm.pieces(portal.name, STATES);
  const result: StatesResult = { known: 0, written: 0, open: 0 };
  const writes: Write[] = [];
  for (const state of states) {
    const place = placeOf(places.get(state.key)?.fields.place);
    if (!place) continue;
    result.known++;
    const there = written.get(state.key);
    if (there?.fields.state === digest(state.text)) continue;
    const tried = there?.id === undefined ? there?.fields.tried : undefined;
    if (tried !== undefined && clock().getTime() - Date.parse(tried) < SETTLED_MS) {
      result.open++;
      continue;
    }
    // An earlier run may have written it: then it is written over.
    const id = there && (there.id ?? (await findComment(portal, place, markOf(state), state.formed)));
    writes.push({ state, place, id });
  }
  for (const some of groups(writes, AT_ONCE)) await writeSome(portal, journal, some, clock, result);
  return result;
}

/** @property id of the comment that is there; undefined: a new one */
interface Write {
  state: DocumentState;
  place: Place;
  id: number | undefined;
}

async function writeSome(
  portal: Portal,
  journal: Journal,
  writes: readonly Write[],
  clock: Clock,
  result: StatesResult,
): Promise<void> {
  const fields = { tried: clock().toISOString() };
  journal.atomically(() => {
    for (const { state, id } of writes)
      journal.records.crm.keepPiece(portal.name, STATES, { piece: state.key, id, fields });
  });
  const outcomes = await portal.all(writes.map(commandOf), true);
  journal.atomically(() => {
    for (const [index, { state, id }] of writes.entries()) {
      const outcome = outcomes[index]!;
      // A comment that a manager deleted is not made anew.
      const gone = !outcome.ok && outcome.error.failure === 'refused';
      if (outcome.ok || gone) keep(portal, journal, state, id ?? Number(outcome.ok && outcome.answer.result));
      if (outcome.ok) result.written++;
      else if (!gone) result.open++;
    }
  });
}

function commandOf({ state, place, id }: Write): Command {
  const text = textOf(state);
  if (id !== undefined)
    return { method: 'crm.timeline.comment.update', params: { id, fields: { COMMENT: text } } };
  const fields = { ENTITY_ID: place.id, ENTITY_TYPE: place.type, COMMENT: text };
  return { method: 'crm.timeline.comment.add', params: { fields } };
}

function keep({ name }: Portal, { records }: Journal, { key, text }: DocumentState, id: number): void {
  records.crm.keepPiece(name, STATES, { piece: key, id, fields: { state: digest(text) } });
}

function textOf(state: DocumentState): string {
  return `${state.text}\n${markOf(state)}`;
}

function markOf({ key }: DocumentState): string {
  return `bg1c-state:${key}`;
}

/** `company:12` */
function placeOf(text: string | undefined): Place | undefined {
  const [type, id] = (text ?? '').split(':');
  return id === undefined ? undefined : { type: type!, id: Number(id) };
}
