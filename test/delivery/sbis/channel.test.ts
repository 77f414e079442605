import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEASE } from '../../../src/delivery/retry.ts';
import { isUuid } from '../../../src/support/ids.ts';
import { COMPANY } from '../../formats/upd/fixtures.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { PASSWORD, SERVICE } from './double.ts';
import { CLIENT_KEY, SERVER_KEY, signatureOf } from './double-books.ts';
import { sbisWorlds } from './opened.ts';

const folder = temporaryFolders();
const opened = sbisWorlds();

describe('sending through СБИС', () => {
  it('writes documents under our own ids, with names out of the answers', async () => {
    const { send, double, kept, world, channel } = await opened();
    double.books.names = { stage: 'Утверждение', action: 'Выполнить' };
    expect((await send()).sent).toBe(1);
    const [document] = kept();
    const [task] = world.tasks(channel, 1);
    expect(document).toMatchObject({
      id: task!.delivery.key,
      executed: 1,
      saved: 1,
      code: '3',
      participant: `2BE${COMPANY.inn}`,
    });
    const [[id, { name, bytes }]] = [...document!.attachments] as [[string, { name: string; bytes: Buffer }]];
    expect(isUuid(id)).toBe(true);
    expect(name).toMatch(
      new RegExp(`^ON_NSCHFDOPPR_2BE${COMPANY.inn}_2BE0123456789_20261103_[0-9a-f-]{36}_0_0_0_0_0_00\\.xml$`),
    );
    expect(bytes.toString('latin1')).toContain('encoding="windows-1251"');
    expect(world.row(task!)).toMatchObject({ remoteState: 'sent', remoteCode: '3', outcome: 'ok' });
  });

  it('takes answers with an object around the document', async () => {
    const { send, double } = await opened();
    double.books.wraps = true;
    expect((await send(2)).sent).toBe(2);
  });

  it('leaves drafts to the accountant in mode draft', async () => {
    const { send, kept, world, channel } = await opened({ mode: 'draft' });
    expect((await send()).sent).toBe(1);
    expect(kept()).toMatchObject([{ code: '0', executed: 0 }]);
    expect(world.row(world.tasks(channel, 1)[0]!)).toMatchObject({ remoteState: 'draft', outcome: 'ok' });
  });

  it('signs with an outer program exactly what СБИС made of the file', async () => {
    const program = join(folder(), 'sign.mjs');
    writeFileSync(
      program,
      `import { createHash } from 'node:crypto';
       import { readFileSync, writeFileSync } from 'node:fs';
       const [input, output, print] = process.argv.slice(2);
       if (print !== '${'B'.repeat(40)}') process.exit(3);
       writeFileSync(output, 'SIGNED ' + createHash('sha256').update(readFileSync(input)).digest('hex'));`,
    );
    const command = [process.execPath, program, '{in}', '{out}', '{thumbprint}'];
    const { send, double, kept } = await opened({ mode: 'command', command, certificate: 'b'.repeat(40) });
    double.books.certificates = [SERVER_KEY, CLIENT_KEY];
    double.books.modifies = true;
    expect((await send()).sent).toBe(1);
    const [document] = kept();
    expect([...document!.signatures.values()][0]).toEqual(
      signatureOf(double.books.file([...document!.attachments.keys()][0]!)),
    );
  });

  it('takes the printed form along', async () => {
    const { send, kept, world, channel } = await opened({ pdf: true });
    expect((await send()).sent).toBe(1);
    const [[xml], [pdf, { name, bytes }]] = [...kept()[0]!.attachments] as [
      [string, unknown],
      [string, { name: string; bytes: Buffer }],
    ];
    expect(xml).not.toBe(pdf);
    expect(name).toBe('УПД № 1 от 31.10.2026.pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(world.row(world.tasks(channel, 1)[0]!)).toMatchObject({ outcome: 'ok' });
  }, 30_000);

  it('stops the run when the signing program fails, and goes on with the same draft later', async () => {
    const broken = { mode: 'command', certificate: 'B'.repeat(40) } as const;
    const command = [process.execPath, '-e', 'console.error("нет ключа"); process.exit(7)', '{in}'];
    const { send, double, world, channel, kept } = await opened({ ...broken, command });
    double.books.certificates = [CLIENT_KEY];
    const summary = await send(3);
    expect(summary).toMatchObject({ sent: 0, broken: true });
    expect(summary.faults[0]).toMatchObject({ code: 'BG1C-SEND-HALTED' });
    expect(summary.faults[0]!.message).toContain('(7): нет ключа');
    expect(world.row(world.tasks(channel, 1)[0]!)).toMatchObject({ status: 'waiting', outcome: 'in-doubt' });
    expect(kept().every(({ executed }) => executed === 0)).toBe(true);
  });

  it('leaves off when its lease was lost between two steps', async () => {
    const { send, double, world, kept, channel } = await opened();
    double.plan = ({ method }) => {
      if (method !== 'СБИС.ПодготовитьДействие') return undefined;
      double.plan = () => undefined;
      world.pass(LEASE + 1);
      world.another().journal.records.deliveries.expire('sbis');
      return undefined;
    };
    expect(await send()).toMatchObject({ sent: 0, elsewhere: 1 });
    expect(kept()).toMatchObject([{ executed: 0 }]);
    expect(world.row(world.tasks(channel, 1)[0]!)).toMatchObject({ status: 'waiting', outcome: 'in-doubt' });
    expect(await send()).toMatchObject({ sent: 1 });
    expect(kept()).toMatchObject([{ executed: 1, saved: 1 }]);
  });

  it.each([
    ['no-certificate', []],
    ['certificates', [SERVER_KEY, { ...SERVER_KEY, Отпечаток: 'C'.repeat(40) }]],
    ['certificate-inactive', [{ ...SERVER_KEY, Ключ: { Тип: 'Серверный', Активирован: 'Нет' } }]],
  ])('stops the run for want of a certificate: %s', async (code, certificates) => {
    const { send, double } = await opened();
    double.books.certificates = certificates;
    const { faults, broken } = await send();
    expect(broken).toBe(true);
    expect(faults.map(({ message }) => message).join()).toContain(`(${code})`);
  });

  it('finds out that a refused repetition had gone', async () => {
    const { send, double, world, channel } = await opened();
    const [task] = world.tasks(channel, 1);
    double.plan = ({ method, params }) => {
      if (method !== 'СБИС.ВыполнитьДействие') return undefined;
      double.plan = () => undefined;
      double.books.call(method, params);
      return { how: 'business', done: false };
    };
    expect((await send()).sent).toBe(1);
    expect(world.row(task!)).toMatchObject({ outcome: 'ok', remoteCode: '3' });
  });

  it.each([
    ['slow, not done', { how: 'slow', done: false }],
    ['slow, done', { how: 'slow', done: true }],
    ['passing error, done', { how: 'passing', done: true }],
    ['passing error, not done', { how: 'passing', done: false }],
    ['no result, done', { how: 'no-result', done: true }],
    ['502, done', { how: 'http-502', done: true }],
    ['429', { how: 'http-429', done: false }],
  ] as const)('asks before it repeats: %s', async (_, meeting) => {
    const { send, double, world, kept, channel } = await opened({ timeout: 1 });
    double.plan = ({ method }) => {
      if (method !== 'СБИС.ВыполнитьДействие') return undefined;
      double.plan = () => undefined;
      return meeting;
    };
    await send();
    expect(world.row(world.tasks(channel, 1)[0]!)).toMatchObject({ status: 'waiting', outcome: 'in-doubt' });
    world.pass(60_000);
    const { sent, found } = await send();
    expect(sent + found).toBe(1);
    expect(kept()).toMatchObject([{ executed: 1, saved: 1 }]);
  });
});

describe('the session', () => {
  it('that was forgotten is opened again, once, in either form of the refusal', async () => {
    const { send, double } = await opened({ streams: 1 });
    let calls = 0;
    double.plan = () => {
      if (++calls % 4 === 0) double.expire();
      return undefined;
    };
    expect((await send(4)).sent).toBe(4);
    expect(double.logins).toBeGreaterThan(3);
  });

  it('is not opened again and again', async () => {
    const { send, double } = await opened({ streams: 1 });
    double.plan = () => ({ how: 'not-authorised', done: false });
    const { faults, broken } = await send();
    expect(broken).toBe(true);
    expect(faults[0]!.message).toContain('(unauthorised)');
    expect(double.logins).toBe(2);
  });

  it.each(['session', 'token'] as const)('by service keys, with a %s', async (header) => {
    process.env.TEST_SBIS_SECRET = SERVICE.secret;
    process.env.TEST_SBIS_KEY = SERVICE.key;
    const service = {
      clientId: SERVICE.clientId,
      secretEnv: 'TEST_SBIS_SECRET',
      keyEnv: 'TEST_SBIS_KEY',
      header,
    };
    const { send } = await opened({ login: undefined, passwordEnv: undefined, service });
    expect((await send()).sent).toBe(1);
  });

  it('is refused in words that do not hold the password', async () => {
    const { session } = await opened({ login: 'другой' });
    await expect(session()).rejects.toMatchObject({ class: 'halted', code: 'login' });
    const error = await session().catch((caught: Error) => caught);
    expect(`${(error as Error).message} ${(error as Error).stack}`).not.toContain(PASSWORD);
    expect((error as Error).message).toContain('***');
  });

  it('does not go to another’s address with a file', async () => {
    const program = [process.execPath, '-e', '1', '{in}'];
    const { send, double } = await opened({ mode: 'command', command: program, certificate: 'B'.repeat(40) });
    double.books.certificates = [CLIENT_KEY];
    const real = double.books.call;
    double.books.call = (method, params) => {
      const answer = real(method, params) as {
        Этап?: { Вложение?: { Модифицирован: string; Файл: { Ссылка: string } }[] }[];
      };
      const file = answer.Этап?.[0]?.Вложение?.[0];
      if (file)
        Object.assign(file, { Модифицирован: 'Да', Файл: { Ссылка: 'https://sbis.ru.example/file' } });
      return answer;
    };
    const { faults } = await send();
    expect(faults[0]!.message).toContain('(foreign-link)');
  });
});
