import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openJournal } from '../../../src/journal/journal.ts';
import { bg1c, type Outcome } from '../../cli/command.ts';
import { monthWorld } from '../../report/world.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { type ScriptedServer, startScriptedServer } from './smtp.ts';

const folder = temporaryFolders();
let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The sample month, loaded into 1C: made once, every test has a copy. */
const month = folder();
beforeAll(() => monthWorld(month, { deliveries: false }));

interface World {
  cwd: string;
  bg1c(...args: string[]): Promise<Outcome>;
}

/** The month with letters through a server of this machine. */
async function withServer(more = ''): Promise<{ world: World; server: ScriptedServer }> {
  const cwd = folder();
  cpSync(month, cwd, { recursive: true });
  const world: World = { cwd, bg1c: (...args) => bg1c(cwd, ...args) };
  server = await startScriptedServer(() => 'go');
  const file = join(world.cwd, 'bg1c.yaml');
  const smtp = `smtp: { host: 127.0.0.1, port: ${server.port}, security: none }${more}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('smtp: { host: localhost }', smtp));
  return { world, server };
}

describe('bg1c send mail', () => {
  it('sends a letter a buyer, with all that is posted; again it sends nothing', async () => {
    const { world, server } = await withServer();
    const first = await world.bg1c('send', 'mail');
    expect(first.out).toContain('BG1C-SEND-UNPOSTED');
    const sent = server.stored.length;
    expect(sent).toBeGreaterThan(20);
    expect(new Set(server.stored.map(({ to }) => to[0])).size).toBe(sent);
    for (const { to, eml } of server.stored) {
      const { attachments, headers } = await simpleParser(Buffer.from(eml, 'latin1'));
      expect(attachments.length).toBeGreaterThan(0);
      expect(JSON.stringify(headers.get('to'))).toContain(to[0]);
    }
    await world.bg1c('send', 'mail');
    expect(server.stored).toHaveLength(sent);
  }, 30_000);

  it('--dry-run --out writes the letters down and sends nothing', async () => {
    const { world, server } = await withServer();
    const { out } = await world.bg1c('send', 'mail', '--dry-run', '--out', 'letters');
    expect(out).toContain('пробный запуск');
    const names = readdirSync(join(world.cwd, 'letters'));
    expect(names.length).toBeGreaterThan(20);
    const parsed = await simpleParser(readFileSync(join(world.cwd, 'letters', names[0]!)));
    expect(parsed.subject).toContain('документы за октябрь 2026 г.');
    expect(server.stored).toHaveLength(0);
  }, 30_000);

  it('a test goes to one address, so many letters, and the journal does not learn of it', async () => {
    const { world, server } = await withServer('\n    test: { to: proba@isp.example, letters: 3 }');
    await world.bg1c('send', 'mail');
    expect(server.stored.map(({ to }) => to)).toEqual(Array(3).fill(['proba@isp.example']));
    const { subject } = await simpleParser(Buffer.from(server.stored[0]!.eml, 'latin1'));
    expect(subject).toContain('[Проверка: ');
    const { journal } = openJournal(join(world.cwd, '.bg1c', 'journal.db'), () => new Date());
    expect(journal!.records.deliveries.waiting('mail')).toEqual([]);
    expect(journal!.records.deliveries.oldestOpen('mail')).toBeUndefined();
    journal!.close();
  }, 30_000);
});

describe('a letter that came back', () => {
  it('goes out again when a person says so, under the same id, and not before', async () => {
    const { world, server } = await withServer();
    await world.bg1c('send', 'mail');
    const [first] = server.stored;
    const [, key] = /^Message-ID: <([0-9a-f-]{36})@/im.exec(first!.eml)!;
    const opened = openJournal(join(world.cwd, '.bg1c', 'journal.db'), () => new Date('2026-11-03T08:00:00Z'))
      .journal!;
    opened.records.deliveries.remote(key!, { state: 'failed', code: '5.1.1', name: '550 5.1.1 unknown' });
    const { id } = opened.records.deliveries.byKey(key!)!;
    opened.close();
    const before = server.stored.length;
    await world.bg1c('send', 'mail');
    expect(server.stored).toHaveLength(before);
    expect(await world.bg1c('resolve', String(id), 'not-sent')).toMatchObject({ exit: 0 });
    await world.bg1c('send', 'mail');
    expect(server.stored).toHaveLength(before + 1);
    expect(server.stored.at(-1)!.eml).toContain(`<${key}@isp.example>`);
    expect((await world.bg1c('resolve', String(id), 'not-sent')).exit).not.toBe(0);
  }, 30_000);
});

describe('bg1c mail', () => {
  it('lists addresses from which letters come back, and forgives one', async () => {
    const { world } = await withServer();
    expect((await world.bg1c('mail')).out).toContain('возвращаются, нет');
    const { journal } = openJournal(
      join(world.cwd, '.bg1c', 'journal.db'),
      () => new Date('2026-11-03T08:00:00Z'),
    );
    journal!.records.letters.bounced({
      id: '1',
      delivery: 'd',
      address: 'buh@tulpar.example',
      wrongAddress: true,
      code: '5.1.1',
    });
    journal!.close();
    expect((await world.bg1c('mail')).out).toMatch(
      /buh@tulpar\.example +5\.1\.1 +1 возврат +последний 03\.11\.2026/,
    );
    expect((await world.bg1c('mail', '--forgive', 'buh@tulpar.example')).out).toContain('возвращаются, нет');
    const unknown = await world.bg1c('mail', '--forgive', 'buh@tulpar.example', '--json');
    expect(unknown.out).toContain('BG1C-MAIL-UNKNOWN');
  }, 30_000);
});
