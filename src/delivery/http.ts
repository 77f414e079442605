import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosError } from 'axios';
import { toolVersion } from '../support/version.ts';

/** A request; a body makes it a POST. */
export interface HttpRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** ms */
  timeout: number;
}

export interface HttpAnswer {
  status: number;
  body: Buffer;
  /** What Retry-After asks for, ms. */
  retryAfter?: number | undefined;
}

/** Sends one request; any answer is an answer, whatever its status. @throws ConnectionError */
export interface Transport {
  (request: HttpRequest): Promise<HttpAnswer>;
  close?(): void;
}

/** There is no answer. The cause is not kept: it holds headers and bodies. */
export class ConnectionError extends Error {
  /** `econnrefused`, `timeout` */
  readonly code: string;
  /** Surely not a byte of the request went out. */
  readonly unsent: boolean;

  constructor(code: string, unsent: boolean) {
    super(code);
    this.code = code;
    this.unsent = unsent;
  }
}

/** The other side was never reached: no name, no route, nobody listens, or its certificate is not to be trusted. */
const UNSENT =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_.*|.*_CERT.*|UNABLE_TO_.*|DEPTH_ZERO_.*|ERR_TLS_.*)$/;
/** Bodies beyond these are no answers of a service; bytes. */
const LARGEST = 100 * 1024 * 1024;

export function httpTransport(): Transport {
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  const client = axios.create({
    ...agents,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    maxRedirects: 0,
    maxBodyLength: LARGEST,
    maxContentLength: LARGEST,
  });
  const transport: Transport = async ({ url, headers, body, timeout }) => {
    try {
      const {
        status,
        data,
        headers: answered,
      } = await client.request<ArrayBuffer>({
        url,
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'User-Agent': `bgbilling-1c/${toolVersion()}`, ...headers },
        ...(body !== undefined && { data: Buffer.from(body, 'utf8') }),
        timeout,
        // The timeout of axios counts from the last byte; this one ends the request whatever trickles in.
        signal: AbortSignal.timeout(timeout),
      });
      return {
        status,
        body: Buffer.from(data),
        retryAfter: retryAfterOf(answered['retry-after'], answered.date),
      };
    } catch (error) {
      const { code = 'unknown' } = error as AxiosError;
      const timedOut = code === 'ECONNABORTED' || code === 'ERR_CANCELED' || code === 'ETIMEDOUT';
      throw new ConnectionError(timedOut ? 'timeout' : code.toLowerCase(), UNSENT.test(code));
    }
  };
  transport.close = () => {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  };
  return transport;
}

/** Seconds, or a date: then from the date of the answer on, whatever our clock says. */
function retryAfterOf(header: unknown, answered: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.parse(String(answered));
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
