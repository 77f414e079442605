import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelError } from '../channel.ts';

const PAGE = 50;

/**
 * Messages of a folder that a mail server fills, by the time they came. Nothing is moved or removed there.
 * @param cursor time and name of the last one read
 */
export async function* folderNotices(
  folder: string,
  cursor: string | undefined,
): AsyncGenerator<{ messages: Buffer[]; cursor: string }> {
  const files = listed(folder).filter(({ place }) => cursor === undefined || place > cursor);
  for (let at = 0; at < files.length; at += PAGE) {
    const page = files.slice(at, at + PAGE);
    yield { messages: page.map(({ path }) => readFileSync(path)), cursor: page.at(-1)!.place };
  }
}

function listed(folder: string): { path: string; place: string }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.toLowerCase().endsWith('.eml'))
      .map((name) => {
        const path = join(folder, name);
        const time = String(Math.trunc(statSync(path).mtimeMs)).padStart(15, '0');
        return { path, place: `${time} ${name}` };
      })
      .sort((a, b) => (a.place < b.place ? -1 : 1));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ChannelError('before', 'bounce-folder', `папка возвратов ${folder} не читается (${code})`);
  }
}
