import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import type { ImapConfig } from '../../config/mail.ts';
import { readSecret } from '../../config/secret.ts';
import { ChannelError } from '../channel.ts';

const PAGE = 50;

/**
 * Messages of a mailbox, read by IMAP; they stay there as they are.
 * @param cursor validity of the mailbox's numbers and the last number read: `1700000000:15`
 * @param since where a mailbox without a cursor begins
 */
export async function* mailboxNotices(
  imap: ImapConfig,
  cursor: string | undefined,
  since: Date,
): AsyncGenerator<{ messages: Buffer[]; cursor: string }> {
  const client = openMailbox(imap);
  // The library repeats an error of a call as an event, which would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const lock = await client.getMailboxLock(imap.mailbox, { readOnly: true });
    try {
      const { mailbox } = client;
      const validity = mailbox === false ? '' : String(mailbox.uidValidity);
      const last = lastRead(cursor, validity);
      const wanted = last === undefined ? { since } : { uid: `${last + 1}:*` };
      // «n:*» names the last message even where its number is less.
      const found = ((await client.search(wanted, { uid: true })) || []).filter((uid) => uid > (last ?? 0));
      for (let at = 0; at < found.length; at += PAGE) {
        const page = found.slice(at, at + PAGE);
        const messages: Buffer[] = [];
        for await (const { source } of client.fetch(page, { source: true }, { uid: true }))
          if (source) messages.push(source);
        yield { messages, cursor: `${validity}:${page.at(-1)}` };
      }
    } finally {
      lock.release();
    }
    await client.logout();
  } catch (error) {
    throw error instanceof ChannelError ? error : unreachable(error as ImapError);
  } finally {
    client.close();
  }
}

interface ImapError extends Error {
  code?: string;
  authenticationFailed?: boolean;
}

function openMailbox({
  host,
  port,
  security,
  user = '',
  passwordEnv,
  passwordFile,
  caFile,
}: ImapConfig): ImapFlow {
  const { secret, fault } = readSecret('channels.mail.bounces.imap.password', passwordEnv, passwordFile);
  if (secret === undefined) throw new ChannelError('halted', 'settings', fault!.message);
  return new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security !== 'tls' && { doSTARTTLS: security === 'starttls' }),
    auth: { user, pass: secret },
    ...(caFile !== undefined && { tls: { ca: readFileSync(caFile) } }),
    logger: false,
  });
}

function lastRead(cursor: string | undefined, validity: string): number | undefined {
  const [known, uid] = cursor?.split(':') ?? [];
  return known === validity ? Number(uid) : undefined;
}

function unreachable({ authenticationFailed, code = 'imap' }: ImapError): ChannelError {
  return authenticationFailed
    ? new ChannelError('halted', 'imap-auth', 'почтовый ящик возвратов не принимает имя или пароль')
    : new ChannelError('before', `imap-${code.toLowerCase()}`, 'почтовый ящик возвратов недоступен');
}
