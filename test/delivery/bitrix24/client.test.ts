import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookAccess } from '../../../src/delivery/bitrix24/access.ts';
import { answerOf, listOf, mapOf, PortalError } from '../../../src/delivery/bitrix24/answer.ts';
import { createPortal, type Portal } from '../../../src/delivery/bitrix24/client.ts';
import { listAll } from '../../../src/delivery/bitrix24/lists.ts';
import { commandText } from '../../../src/delivery/bitrix24/query.ts';
import { type PortalDouble, portalDouble, type TestTime, testTime } from './double.ts';
import { parseQuery } from './php-query.ts';
import { OWNERS } from './world.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function portalOf(base: string, time: TestTime, token?: (fresh: boolean) => Promise<string>): Portal {
  const access = { portal: 'portal.example', base, token };
  return createPortal({ access, rate: 2, clock: time.now, sleep: time.sleep });
}

async function double(): Promise<{ time: TestTime; portal: Portal; double: PortalDouble }> {
  const time = testTime();
  const made = await portalDouble(time);
  ends.push(() => made.close());
  return { time, portal: portalOf(made.webhook, time), double: made };
}

/** A server that gives these answers in turn, and what it was asked. */
async function answers(...given: { status: number; body: string }[]): Promise<{
  portal: Portal;
  time: TestTime;
  asked: string[];
  withToken(token: (fresh: boolean) => Promise<string>): Portal;
}> {
  const time = testTime();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`);
      const { status, body: text } = given[Math.min(asked.length, given.length) - 1]!;
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(() => resolve())));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/s3cr3t/`;
  return { portal: portalOf(base, time), time, asked, withToken: (token) => portalOf(base, time, token) };
}

const ok = (result: unknown): { status: number; body: string } => ({
  status: 200,
  body: JSON.stringify({ result, time: {} }),
});
const error = (status: number, code: unknown, text = ''): { status: number; body: string } => ({
  status,
  body: JSON.stringify({ error: code, error_description: text }),
});

describe('answers', () => {
  const failureOf = (status: number, body: string): string => {
    try {
      answerOf('crm.item.add', status, body);
      return 'none';
    } catch (thrown) {
      const { failure, message } = thrown as PortalError;
      expect(thrown).toBeInstanceOf(PortalError);
      return `${failure} ${message}`;
    }
  };

  it.each([
    [503, error(503, 'QUERY_LIMIT_EXCEEDED').body, 'busy crm.item.add: QUERY_LIMIT_EXCEEDED'],
    [429, error(429, 'OPERATION_TIME_LIMIT').body, 'busy crm.item.add: OPERATION_TIME_LIMIT'],
    [503, error(503, 'OVERLOAD_LIMIT').body, 'denied crm.item.add: OVERLOAD_LIMIT'],
    [400, error(400, '', 'Access denied.').body, 'refused crm.item.add: http-400 (Access denied.)'],
    [400, error(400, 0, 'Bad').body, 'refused crm.item.add: http-400 (Bad)'],
    [400, error(400, 100, 'Bad').body, 'refused crm.item.add: 100 (Bad)'],
    [403, error(403, 'insufficient_scope').body, 'denied crm.item.add: insufficient_scope'],
    [
      403,
      error(403, 'ACCESS_DENIED', 'only on commercial plans').body,
      'denied crm.item.add: ACCESS_DENIED (only on commercial plans)',
    ],
    [500, error(500, 'INTERNAL_SERVER_ERROR').body, 'unknown crm.item.add: INTERNAL_SERVER_ERROR'],
    [400, JSON.stringify({ error: { code: 'V3', message: 'no' } }), 'refused crm.item.add: V3 (no)'],
    [200, '<html>busy</html>', 'unknown crm.item.add: http-200 (ответ не JSON)'],
    [503, '<html>busy</html>', 'unknown crm.item.add: http-503 (ответ не JSON)'],
    [200, '{}', 'refused crm.item.add: http-200'],
    [200, '[]', 'unknown crm.item.add: http-200 (ответ не JSON)'],
  ])('%i %s → %s', (status, body, failure) => expect(failureOf(status, body)).toBe(failure));

  it('empty maps come as lists and lists as maps', () => {
    expect(mapOf([])).toEqual({});
    expect(mapOf(['a'])).toEqual({ 0: 'a' });
    expect(listOf({ 3: 'a', 7: 'b' })).toEqual(['a', 'b']);
    expect([mapOf(null), listOf(false)]).toEqual([{}, []]);
  });
});

describe('calls', () => {
  it('a command of a batch reads in PHP as it was meant', () => {
    const params = {
      filter: { '@RQ_INN': ['0299000050', '0'], '>ID': 5 },
      fields: { title: 'ООО «А & Б» = 100 %', UF: [], flag: true, gone: undefined },
    };
    expect(parseQuery(commandText('m', params).slice(2))).toEqual({
      filter: { '@RQ_INN': ['0299000050', '0'], '>ID': '5' },
      fields: { title: 'ООО «А & Б» = 100 %', UF: '', flag: '1' },
    });
  });

  it('only POST, with the name of the program; nothing in the address but the method', async () => {
    const { portal, asked } = await answers(ok(['crm']));
    await portal.ask('scope', {});
    expect(asked).toEqual(['POST /rest/1/s3cr3t/scope {}']);
  });

  it('a question is asked again where the answer was lost, a write is not', async () => {
    const broken = { status: 502, body: '<html>' };
    const asking = await answers(broken, broken, ok([]));
    expect((await asking.portal.ask('m', {})).result).toEqual([]);
    const writing = await answers(broken, ok(1));
    await expect(writing.portal.once('m.add', {})).rejects.toThrow('http-502');
    const [outcome] = await writing.portal.all([{ method: 'm.add', params: {} }], true);
    expect(writing.asked).toHaveLength(2);
    expect(outcome).toMatchObject({ ok: false });
  });

  it('an expired token is renewed once; it goes in the body', async () => {
    const { withToken, asked } = await answers(error(401, 'expired_token'), ok(['crm']));
    const fresh: boolean[] = [];
    const portal = withToken(async (again) => {
      fresh.push(again);
      return again ? 'new' : 'old';
    });
    await portal.ask('scope', {});
    expect(fresh).toEqual([false, true]);
    expect(asked[1]).toContain('{"auth":"new"}');
  });

  it('no address in an error of the network', async () => {
    const time = testTime();
    const portal = portalOf('http://127.0.0.1:9/rest/1/s3cr3t/', time);
    const failed = await portal.ask('scope', {}).catch((thrown: Error) => thrown);
    expect(failed).toMatchObject({ failure: 'unreachable' });
    expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toMatch(/s3cr3t|127\.0/);
  });

  it('pages are walked by id, many questions at once', async () => {
    const { portal, double: at } = await double();
    for (let id = 1; id <= 130; id++)
      at.state.requisites.set(id, { ID: id, ENTITY_TYPE_ID: 4, ENTITY_ID: 1, RQ_INN: String(id % 2) });
    const query = (inn: string) => ({
      method: 'crm.requisite.list',
      params: { filter: { '@RQ_INN': [inn] } },
      id: 'ID' as const,
    });
    const [odd, even] = await listAll(portal, [query('1'), query('0')]);
    expect([odd!.length, even!.length]).toEqual([65, 65]);
    expect(portal.traffic.requests).toBe(2);
  });
});

describe('limits', () => {
  it('calls stay within the bucket: none is refused', async () => {
    const { portal, double: at, time } = await double();
    for (let call = 0; call < 200; call++) await portal.ask('scope', {});
    expect(at.counts.refusals).toBe(0);
    // 160 calls over the burst at two a second.
    expect(time.hours() * 3600).toBeGreaterThan(75);
  });

  it('another program fills the bucket: 503 is waited out', async () => {
    const { portal, double: at } = await double();
    at.fate = (_, nth) => (nth < 4 ? 'busy' : 'answer');
    expect((await portal.ask('scope', {})).result).toEqual(['crm', 'disk']);
    expect(at.counts.refusals).toBe(3);
  });

  it('the seconds of a method in ten minutes are not used up: no 429', async () => {
    const { portal, double: at, time } = await double();
    const commands = Array.from({ length: 600 }, (_, index) => ({
      method: 'crm.item.add',
      params: { entityTypeId: 4, fields: { title: String(index) } },
    }));
    const outcomes = await portal.all(commands, true);
    expect(outcomes.every(({ ok: done }) => done)).toBe(true);
    expect(at.state.items.size).toBe(600);
    expect(at.counts.refusals).toBe(0);
    // 600 × 1.83 s at 480 s in ten minutes.
    expect(time.hours() * 60).toBeGreaterThan(20);
  });

  it('a method that others have used up rests until the portal gives it back', async () => {
    const { portal, double: at, time } = await double();
    const other = portalOf(at.webhook, time);
    const add = { method: 'crm.item.add', params: { entityTypeId: 4, fields: { title: 'a' } } };
    await other.all(Array(236).fill(add), true);
    await portalOf(at.webhook, time).all(Array(20).fill(add), true);
    const outcomes = await portal.all(Array(40).fill(add), true);
    expect(outcomes.every(({ ok: done }) => done)).toBe(true);
    expect(at.state.items.size).toBe(296);
    expect(at.counts.refusals).toBeGreaterThan(0);
  });
});

describe('webhook', () => {
  const access = (text: string): ReturnType<typeof webhookAccess> => {
    process.env.TEST_WEBHOOK = text;
    return webhookAccess({ webhookEnv: 'TEST_WEBHOOK', rate: 2, owners: OWNERS, documents: 'off' });
  };

  it('is told from what is none, without repeating it', () => {
    expect(access('https://bashnet.bitrix24.ru/rest/1/s3cr3t').access).toEqual({
      portal: 'bashnet.bitrix24.ru',
      base: 'https://bashnet.bitrix24.ru/rest/1/s3cr3t/',
    });
    for (const wrong of [
      'http://bashnet.bitrix24.ru/rest/1/s3cr3t/',
      'https://x/rest/s3cr3t/',
      's3cr3t',
      '',
    ]) {
      const { fault } = access(wrong);
      expect(fault?.code).toBe('BG1C-CONFIG-VALUE');
      expect(JSON.stringify(fault)).not.toContain('s3cr3t');
    }
    delete process.env.TEST_WEBHOOK;
  });
});
