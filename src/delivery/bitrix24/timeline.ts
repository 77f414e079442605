import type { Portal } from './client.ts';
import { rowsOf } from './lists.ts';

/** Comments in the timeline of an item. */
export interface Place {
  /** `company`, `contact`, `dynamic_31` */
  type: string;
  id: number;
}

const PAGE = 50;
const DAY_MS = 24 * 3_600_000;

/**
 * Looks for a comment by our mark in its text: the portal filters comments by nothing but their place.
 * @param since comments that are older by a day are not looked at
 * @throws PortalError
 */
export async function findComment(
  portal: Portal,
  { type, id }: Place,
  mark: string,
  since: Date,
): Promise<number | undefined> {
  for (let start = 0; ; start += PAGE) {
    const { result } = await portal.ask('crm.timeline.comment.list', {
      filter: { ENTITY_ID: id, ENTITY_TYPE: type },
      select: ['ID', 'COMMENT', 'CREATED'],
      order: { ID: 'DESC' },
      start,
    });
    const rows = rowsOf(result);
    const found = rows.find(({ COMMENT }) => String(COMMENT).includes(mark));
    if (found) return Number(found.ID);
    const oldest = Date.parse(String(rows.at(-1)?.CREATED ?? ''));
    if (rows.length < PAGE || oldest < since.getTime() - DAY_MS) return undefined;
  }
}

/** Adds a comment, once. @throws PortalError */
export async function addComment(
  portal: Portal,
  { type, id }: Place,
  text: string,
  file?: { name: string; bytes: Uint8Array },
): Promise<number> {
  const files = file && [[file.name, Buffer.from(file.bytes).toString('base64')]];
  const { result } = await portal.once('crm.timeline.comment.add', {
    fields: { ENTITY_ID: id, ENTITY_TYPE: type, COMMENT: text, ...(files && { FILES: files }) },
  });
  return Number(result);
}
