import type { ChangePage, Cursors, Surroundings } from '../channel.ts';
import { isWrongAddress } from './failure.ts';
import { type Notice, readNotice } from './notice.ts';
import { folderNotices } from './notice-folder.ts';
import { mailboxNotices } from './notice-mailbox.ts';

/** Messages of a place where notices come, from a cursor on, page by page. */
export type NoticeSource = AsyncIterable<{ messages: Buffer[]; cursor: string }>;

/**
 * What came back, as news of deliveries; addresses from which letters come back are put down on the way. A notice that
 * is read twice counts once.
 */
export async function* bounceChanges(
  { config, records }: Surroundings,
  cursors: Cursors,
): AsyncGenerator<ChangePage> {
  const { from, bounces } = config.channels.mail!;
  const sources: [string, (cursor: string | undefined) => NoticeSource][] = [];
  const { folder, imap } = bounces!;
  if (folder !== undefined) sources.push(['folder', (cursor) => folderNotices(folder, cursor)]);
  if (imap) sources.push(['imap', (cursor) => mailboxNotices(imap, cursor, cursors.since)]);
  for (const [name, open] of sources)
    for await (const { messages, cursor } of open(cursors.get(name))) {
      const notices: Notice[] = [];
      for (const eml of messages) {
        const notice = await readNotice(eml, from.address);
        if (notice) notices.push(notice);
      }
      for (const notice of notices) putDown(notice, records);
      yield { changes: notices.map(changeOf), cursor: { name, value: cursor } };
    }
}

function putDown({ id, key, code, address }: Notice, records: Surroundings['records']): void {
  const letters = records?.letters;
  const sentTo = letters?.of(key).map((row) => row.address) ?? [];
  const meant =
    address !== undefined && (sentTo.length === 0 || sentTo.includes(address)) ? [address] : sentTo;
  for (const one of meant)
    letters?.bounced({
      ...{ id: `${id}:${one}`, delivery: key, address: one, code },
      wrongAddress: isWrongAddress(code),
    });
}

/** A letter that is late is still under way. */
function changeOf({ key, hard, code, text }: Notice): ChangePage['changes'][number] {
  return { key, remote: { state: hard ? 'failed' : 'sent', code, name: text } };
}
