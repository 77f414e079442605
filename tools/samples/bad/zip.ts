import assert from 'node:assert/strict';
import { ZipArchive } from 'archiver';

/** Any day will do, as long as it is the same one. */
const DATE = new Date('2026-11-01T00:00:00Z');

/** Files in an archive without compression: the same bytes on every machine. */
export async function zipOf(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const archive = new ZipArchive({ store: true });
  for (const [name, bytes] of files) archive.append(bytes, { name, date: DATE });
  const finished = archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  await finished;
  return Buffer.concat(chunks);
}

/** An archive in which one file's name leads out of its folder; no library writes that, so the name is put in after. */
export async function hostileZip(files: ReadonlyMap<string, Buffer>, victim: string): Promise<Buffer> {
  const [harmless, hostile] = [`xx/${victim}`, `../${victim}`];
  const renamed = new Map([...files].map(([name, bytes]) => [name === victim ? harmless : name, bytes]));
  const zip = await zipOf(renamed);
  let found = 0;
  for (let at = zip.indexOf(harmless); at >= 0; at = zip.indexOf(harmless, at + 1)) {
    zip.write(hostile, at, 'latin1');
    found++;
  }
  assert.equal(found, 2);
  return zip;
}
