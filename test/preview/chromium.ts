import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A headless browser driven through a pipe (Chrome DevTools Protocol): what a person would see, and what went wrong. */
export interface Browser {
  /** Opens a page in a window of so many CSS pixels. */
  open(url: string, width: number, height?: number): Promise<Page>;
  /** Resolves when it is gone and writes no more to its folder. */
  close(): Promise<void>;
}

export interface Page {
  /** Errors and warnings of the console and of the browser itself (refusals of the policy). */
  problems: string[];
  /** The value of an expression. */
  evaluate<T>(expression: string): Promise<T>;
  /** PNG of the whole page. */
  screenshot(): Promise<Buffer>;
  pdf(): Promise<Buffer>;
}

/** Name of the program, or undefined where there is none. */
export function findChromium(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    try {
      execFileSync(name, ['--version'], { stdio: 'pipe' });
      return name;
    } catch {}
  return undefined;
}

const FLAGS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-pings',
  '--hide-scrollbars',
  '--proxy-server=127.0.0.1:9',
];

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** @param profile an empty folder for the browser's own files */
export async function startChromium(program: string, profile: string): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...FLAGS, ...sandbox, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: profile },
  });
  const { send, on } = connect(child);
  const gone = new Promise<void>((resolve) => void child.on('exit', () => resolve()));
  return {
    async open(url, width, height = 900) {
      const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const call = (method: string, params: object = {}) => send(method, params, sessionId as string);
      const problems: string[] = [];
      let loaded = (): void => {};
      on(sessionId as string, (method, params) => {
        if (method === 'Page.loadEventFired') loaded();
        const entry = params.entry as { level: string; text: string } | undefined;
        if (method === 'Log.entryAdded' && ['error', 'warning'].includes(entry!.level))
          problems.push(entry!.text);
        if (method === 'Runtime.exceptionThrown') problems.push(JSON.stringify(params));
        if (method === 'Runtime.consoleAPICalled') problems.push(`console: ${JSON.stringify(params.args)}`);
      });
      for (const domain of ['Page', 'Log', 'Runtime']) await call(`${domain}.enable`);
      const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
      await call('Emulation.setDeviceMetricsOverride', metrics);
      const done = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await call('Page.navigate', { url });
      await done;
      const evaluate = async <T>(expression: string): Promise<T> => {
        const { result } = await call('Runtime.evaluate', { expression, returnByValue: true });
        return (result as { value: T }).value;
      };
      const bytes = (found: Record<string, unknown>): Buffer => Buffer.from(found.data as string, 'base64');
      return {
        problems,
        evaluate,
        screenshot: async () =>
          bytes(await call('Page.captureScreenshot', { captureBeyondViewport: true, format: 'png' })),
        pdf: async () => bytes(await call('Page.printToPDF', { preferCSSPageSize: true })),
      };
    },
    async close() {
      // Killed, it would leave helpers behind that still write.
      send('Browser.close', {}).catch(() => {});
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(late);
    },
  };
}

type Handler = (method: string, params: Record<string, unknown>) => void;

/** Messages end with a zero byte; answers carry the number of their question. */
function connect(child: ChildProcess) {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  const handlers = new Map<string, Handler>();
  let last = 0;
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop()!;
    for (const text of messages) take(JSON.parse(text) as Message);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser went away'));
  });
  const take = ({ id, sessionId = '', method, params = {}, result = {}, error }: Message): void => {
    if (id === undefined) handlers.get(sessionId)?.(method!, params);
    else if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
  };
  return {
    on: (session: string, handler: Handler): void => void handlers.set(session, handler),
    send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
      const id = ++last;
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
  };
}
