import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { filesIn } from './settled.ts';

/** What a file or folder is known by: the hash of its content. A folder's own name does not matter, its files' do. */
export async function contentHash(disk: Disk, path: string): Promise<string> {
  if (disk.stat(path)?.kind !== 'folder') return fileHash(disk, path);
  const hash = createHash('sha256');
  for (const name of filesIn(disk, path)) hash.update(`${name}\0${await fileHash(disk, join(path, name))}\n`);
  return hash.digest('hex');
}

async function fileHash(disk: Disk, path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of disk.readStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
