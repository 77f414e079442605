import { resolve } from 'node:path';
import { isEmail } from '../model/email.ts';
import type { DocumentKind } from '../model/types.ts';
import type { Config } from './types.ts';

/** Letters with documents: from whom, through which server, to whom. */
export interface MailConfig {
  from: { address: string; name: string };
  replyTo?: string | undefined;
  smtp: SmtpConfig;
  /** What one letter holds: the documents of a counterparty and period, or a single one. */
  letter: 'counterparty' | 'document';
  documents: DocumentKind[];
  /** Of several addresses of a counterparty. */
  to: 'first' | 'all';
  /** Addresses by ИНН or personal account; they stand before those of the billing and the CRM. */
  recipients: Record<string, string[]>;
  /** ИНН, personal account or address of who wants no letters. */
  optOut: string[];
  /** What went out by electronic exchange: no letter, or a copy all the same. */
  edo: 'skip' | 'copy';
  /** Folder with the customer's own `letter.txt` and `letter.html`. */
  templates?: string | undefined;
  limits: {
    perMinute?: number | undefined;
    perHour?: number | undefined;
    perDay?: number | undefined;
    connections: number;
    /** Letters on one connection. */
    perConnection: number;
    /** Size of a letter, MB. */
    megabytes: number;
  };
  dkim?: DkimConfig | undefined;
  unsubscribe?: { address?: string | undefined; url?: string | undefined } | undefined;
  bounces?: BounceConfig | undefined;
  /** Every letter goes to this address, and the journal does not learn of it. */
  test?: { to: string; letters: number } | undefined;
}

/** `tls`: encrypted from the first byte; `starttls`: or not at all; `none`: a server on this machine. */
export type MailSecurity = 'tls' | 'starttls' | 'none';

export interface SmtpConfig {
  host: string;
  port: number;
  security: MailSecurity;
  user?: string | undefined;
  passwordEnv?: string | undefined;
  passwordFile?: string | undefined;
  /** Certificates of the authority that signed the server's one (PEM). */
  caFile?: string | undefined;
  /** Name in EHLO. */
  name?: string | undefined;
}

export interface DkimConfig {
  domain: string;
  selector: string;
  keyEnv?: string | undefined;
  keyFile?: string | undefined;
}

/** Where letters come back to that could not be handed over. */
export interface BounceConfig {
  /** `bounce@isp.example` */
  address: string;
  /** The address bears the letter's key: `bounce+<key>@isp.example`. */
  verp: boolean;
  /** Notices as .eml files, put there by the server. */
  folder?: string | undefined;
  imap?: ImapConfig | undefined;
}

export interface ImapConfig extends SmtpConfig {
  mailbox: string;
}

/** The same with absolute paths. */
export function resolveMail(mail: MailConfig, folder: string): MailConfig {
  const path = (name: string | undefined): string | undefined => name && resolve(folder, name);
  const server = <T extends SmtpConfig>(one: T): T => ({
    ...one,
    passwordFile: path(one.passwordFile),
    caFile: path(one.caFile),
  });
  const { bounces, dkim } = mail;
  return {
    ...mail,
    smtp: server(mail.smtp),
    templates: path(mail.templates),
    dkim: dkim && { ...dkim, keyFile: path(dkim.keyFile) },
    bounces: bounces && {
      ...bounces,
      folder: path(bounces.folder),
      imap: bounces.imap && server(bounces.imap),
    },
  };
}

/** What no schema expresses. */
export function mailProblems({
  channels: { mail },
}: Config): { path: (string | number)[]; reason: string }[] {
  if (!mail) return [];
  const problems: { path: (string | number)[]; reason: string }[] = [];
  const refuse = (path: (string | number)[], reason: string): void =>
    void problems.push({ path: ['channels', 'mail', ...path], reason });
  const address = (path: (string | number)[], text: string | undefined): void => {
    if (text !== undefined && !isEmail(text)) refuse(path, `«${text}» — не адрес электронной почты`);
  };
  address(['from', 'address'], mail.from.address);
  address(['replyTo'], mail.replyTo);
  address(['bounces', 'address'], mail.bounces?.address);
  address(['unsubscribe', 'address'], mail.unsubscribe?.address);
  address(['test', 'to'], mail.test?.to);
  for (const [who, addresses] of Object.entries(mail.recipients))
    addresses.forEach((text, index) => {
      address(['recipients', who, index], text);
    });
  const servers = [
    [['smtp'], mail.smtp],
    [['bounces', 'imap'], mail.bounces?.imap],
  ] as const;
  for (const [path, server] of servers)
    if (server?.user !== undefined && server.passwordEnv === undefined && server.passwordFile === undefined)
      refuse([...path, 'passwordEnv'], 'не указано, где взять пароль: passwordEnv или passwordFile');
  for (const [path, server] of servers)
    if (server?.user !== undefined && server.security === 'none' && !isLoopback(server.host))
      refuse([...path, 'security'], 'пароль без шифрования уходит только на сервер этого же компьютера');
  if (mail.dkim && mail.dkim.keyEnv === undefined && mail.dkim.keyFile === undefined)
    refuse(['dkim', 'keyFile'], 'не указано, где взять ключ: keyEnv или keyFile');
  return problems;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
