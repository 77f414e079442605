import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createTransport, type NodemailerError, type SMTPPoolOptions } from 'nodemailer';
import type { MailConfig, SmtpConfig } from '../../config/mail.ts';
import type { ChannelError } from '../channel.ts';
import { answerOf, codeOf, failureOf } from './failure.ts';
import type { WrittenLetter } from './letter.ts';

/** The mail server that letters go through. */
export interface MailServer {
  /** Connects and logs in. @throws ChannelError */
  greet(): Promise<void>;
  /** @throws Refusal, ChannelError */
  send(letter: WrittenLetter): Promise<Accepted>;
  close(): void;
}

/** What the server answered to the whole letter, and which of the addresses it took. */
export interface Accepted {
  reply: string;
  addresses: string[];
  refused: Refused[];
}

export interface Refused {
  address: string;
  code: string;
}

/** Every address was refused, for good. */
export class Refusal extends Error {
  readonly refused: Refused[];
  readonly failure: ChannelError;
  constructor(refused: Refused[], failure: ChannelError) {
    super(failure.message);
    this.refused = refused;
    this.failure = failure;
  }
}

/** A server may think about the end of a letter for minutes; the lease of a delivery is longer than this. */
const ANSWER_WITHIN = 5 * 60_000;
const CONNECT_WITHIN = 30_000;
/** So that the last piece is handed over when nearly all was taken. */
const PIECE = 16 * 1024;

export function openMailServer({ smtp, limits }: MailConfig, password: string | undefined): MailServer {
  const pool = createTransport({
    ...connectionOptions(smtp, password),
    pool: true,
    maxConnections: limits.connections,
    maxMessages: limits.perConnection,
    // The journal decides what is tried again.
    maxRequeues: 0,
  });
  return {
    async greet() {
      try {
        await pool.verify();
      } catch (error) {
        throw failureOf(error as NodemailerError, false);
      }
    },
    async send({ eml, envelope }) {
      let handedOver = false;
      const raw = Readable.from(pieces(eml), { objectMode: false });
      raw.once('end', () => {
        handedOver = true;
      });
      try {
        const { response = '', accepted, rejectedErrors = [] } = await pool.sendMail({ raw, envelope });
        return {
          reply: response.replace(/\s+/g, ' ').trim(),
          addresses: accepted.map(addressText),
          refused: rejectedErrors.flatMap(refusedOf),
        };
      } catch (error) {
        const found = error as NodemailerError & { rejectedErrors?: NodemailerError[] };
        const failure = failureOf(found, handedOver);
        const refused =
          failure.class === 'rejected' ? (found.rejectedErrors ?? [found]).flatMap(refusedOf) : [];
        throw refused.length > 0 ? new Refusal(refused, failure) : failure;
      } finally {
        raw.destroy();
      }
    },
    close: () => pool.close(),
  };
}

function connectionOptions(smtp: SmtpConfig, password: string | undefined): SMTPPoolOptions {
  const { host, port, security, user, caFile, name } = smtp;
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(name !== undefined && { name }),
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(caFile !== undefined && { tls: { ca: readFileSync(caFile) } }),
    connectionTimeout: CONNECT_WITHIN,
    greetingTimeout: CONNECT_WITHIN,
    socketTimeout: ANSWER_WITHIN,
  };
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Addresses that were refused at RCPT for good. */
function refusedOf(error: NodemailerError): Refused[] {
  const { recipient, responseCode } = error;
  if (recipient === undefined || (responseCode ?? 0) < 500) return [];
  return [{ address: recipient, code: codeOf(responseCode, answerOf(error)) }];
}

function addressText(one: string | { address: string }): string {
  return typeof one === 'string' ? one : one.address;
}
