import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBooks, type DoubleBooks, Refusal } from './double-books.ts';

/**
 * A double of СБИС: HTTP, with state, after facts/upd-sbis.md, part B. What it cannot know of the real one is listed in
 * docs/sbis.ru.md.
 */
export interface SbisDouble {
  url: string;
  books: DoubleBooks;
  /** What the next calls meet; asked for every call of a method. */
  plan: (call: Call) => Meeting | undefined;
  /** Calls so far, without the login. */
  calls: Call[];
  logins: number;
  /** All sessions are forgotten; the next call is told so as HTTP 401 or as a text, in turn. */
  expire(): void;
  /** Sessions ever given out. */
  given: string[];
  close(): Promise<void>;
}

export interface Call {
  method: string;
  params: Record<string, unknown>;
}

/** How a call goes wrong, and whether it is done all the same. */
export interface Meeting {
  done: boolean;
  how:
    | 'lost'
    | 'slow'
    | 'html'
    | 'http-500'
    | 'http-502'
    | 'http-503'
    | 'http-429'
    | 'not-authorised'
    | 'passing'
    | 'parse-error'
    | 'business'
    | 'no-result';
  /** Called when it is done, or not, and nothing was answered yet. */
  meanwhile?: () => void;
}

export const WRITES = ['СБИС.ЗаписатьДокумент', 'СБИС.ПодготовитьДействие', 'СБИС.ВыполнитьДействие'];
export const PASSWORD = 'пароль-кагану-7431';
export const SERVICE = {
  clientId: '1025293145607151',
  secret: 'защищённый-ключ-52',
  key: 'сервисный-ключ-93',
};

const HTML = '<!DOCTYPE html><html><body><h1>Технические работы</h1></body></html>';
/** Statuses that are a page of the gateway. */
const PAGES: Partial<Record<Meeting['how'], number>> = { html: 200, 'http-500': 500, 'http-502': 502 };

export async function startDouble(): Promise<SbisDouble> {
  const sessions = new Set<string>();
  const server = createServer((request, response) => void serve(request, response));
  let told = 0;

  const double: SbisDouble = {
    url: '',
    books: createBooks(() => double.url),
    plan: () => undefined,
    calls: [],
    logins: 0,
    given: [],
    expire: () => sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    if (url.pathname === '/file') return file(url, request, response);
    if (url.pathname === '/oauth/service/')
      return service(JSON.parse(body) as Record<string, string>, response);
    if (!/charset=utf-8/.test(request.headers['content-type'] ?? ''))
      return fail(response, -32700, 'Parse error');
    const { method, params } = JSON.parse(body) as Call;
    if (url.pathname === '/auth/service/') return enter(method, params, request, response);
    if (url.pathname !== '/service/' || url.searchParams.get('srv') !== '1') return page(response, 404);
    if (!sessions.has(String(request.headers['x-sbissessionid'] ?? request.headers['x-sbisaccesstoken'])))
      return unauthorised(response);
    const call = { method, params };
    double.calls.push(call);
    const meeting = double.plan(call);
    let result: unknown;
    try {
      if (!meeting || meeting.done) result = double.books.call(method, params);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return fail(response, -32000, error.message);
    }
    if (!meeting) return answer(response, { jsonrpc: '2.0', result, id: 1 });
    meeting.meanwhile?.();
    meet(meeting, request, response);
  }

  function meet({ how }: Meeting, request: IncomingMessage, response: ServerResponse) {
    if (how === 'slow') return;
    if (how === 'lost') return void request.socket.destroy();
    if (how === 'http-503' || how === 'http-429') {
      response.writeHead(how === 'http-503' ? 503 : 429, { 'Retry-After': '7' });
      return void response.end();
    }
    if (how in PAGES) return page(response, PAGES[how]!);
    if (how === 'not-authorised') return unauthorised(response);
    if (how === 'no-result') return answer(response, { jsonrpc: '2.0', id: 1 });
    if (how === 'parse-error') return fail(response, -32700, 'Parse error');
    if (how === 'passing')
      return fail(response, -32000, 'Сервис временно недоступен', '{00000000-0000-0000-0000-1AA0000F1002}');
    fail(response, -32000, 'Не заполнено обязательное поле');
  }

  function enter(method: string, params: Call['params'], request: IncomingMessage, response: ServerResponse) {
    if (method === 'СБИС.Выход') {
      sessions.delete(String(request.headers['x-sbissessionid']));
      return answer(response, { jsonrpc: '2.0', result: null, id: 1 });
    }
    const { Параметр: given } = params as { Параметр?: { Логин?: string; Пароль?: string } };
    if (given?.Логин !== 'bashnet' || given.Пароль !== PASSWORD)
      return fail(response, -32000, `Неверный логин или пароль: ${given?.Пароль}`);
    answer(response, { jsonrpc: '2.0', result: open(), id: 1 });
  }

  function service(given: Record<string, string>, response: ServerResponse) {
    const { clientId, secret, key } = SERVICE;
    if (given.app_client_id !== clientId || given.app_secret !== secret || given.secret_key !== key)
      return fail(response, -32000, 'Неверный ключ');
    const sid = open();
    answer(response, { access_token: sid, token: sid, sid });
  }

  function open(): string {
    double.logins++;
    const sid = `${randomUUID()}-${createHash('sha1').update(String(double.logins)).digest('hex')}`;
    sessions.add(sid);
    double.given.push(sid);
    return sid;
  }

  function unauthorised(response: ServerResponse): void {
    if (told++ % 2 === 0) {
      response.writeHead(401);
      return void response.end();
    }
    answer(response, { id: -1, error: 'Not authorized.' });
  }

  function file(url: URL, request: IncomingMessage, response: ServerResponse) {
    if (!sessions.has(String(request.headers['x-sbissessionid']))) return unauthorised(response);
    response.end(double.books.file(url.searchParams.get('id')!));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Set-Cookie': 'sid=cookie-of-the-double; path=/',
  });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, code: number, message: string, classid?: string): void {
  answer(response, { jsonrpc: '2.0', error: { code, message, details: message, data: { classid } }, id: 1 });
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(HTML);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
