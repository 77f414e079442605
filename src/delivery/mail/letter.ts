import { createTransport } from 'nodemailer';
import type { MailConfig } from '../../config/mail.ts';
import { messageIdOf, withKey } from './addresses.ts';
import type { LetterText } from './letter-text.ts';

/** A letter, ready to be written down. */
export interface Letter {
  key: string;
  to: readonly string[];
  /** The buyer's name, beside the address. */
  toName: string;
  text: LetterText;
  attachments: readonly { name: string; bytes: Buffer }[];
  /** Date of the letter: what is made again bears the same one. */
  formed: Date;
}

/** A letter as bytes, and under which addresses it goes. */
export interface WrittenLetter {
  eml: Buffer;
  envelope: { from: string; to: string[] };
}

/** Signed headers: also List-Unsubscribe-Post, which RFC 8058 wants covered and the library leaves out. */
const SIGNED =
  'from:sender:reply-to:subject:date:message-id:to:cc:mime-version:content-type:list-unsubscribe:list-unsubscribe-post';

/** Writes letters; the same letter gives the same bytes. @param key of DKIM (PEM), where we sign */
export function createLetterWriter(
  { from, replyTo, bounces, unsubscribe, dkim }: MailConfig,
  key: string | undefined,
): (letter: Letter) => Promise<WrittenLetter> {
  const writer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    ...(dkim &&
      key !== undefined && {
        dkim: {
          domainName: dkim.domain,
          keySelector: dkim.selector,
          privateKey: key,
          headerFieldNames: SIGNED,
        },
      }),
  });
  return async (letter) => {
    const returnPath = bounces?.address ?? from.address;
    const envelope = {
      from: bounces?.verp ? withKey(returnPath, letter.key) : returnPath,
      to: [...letter.to],
    };
    const { message } = await writer.sendMail({
      from,
      to: letter.to.map((address) => ({ name: letter.toName, address })),
      ...(replyTo !== undefined && { replyTo }),
      ...letter.text,
      date: letter.formed,
      messageId: messageIdOf(letter.key, from.address),
      headers: unsubscribeHeaders(unsubscribe, letter.key),
      envelope,
      attachments: letter.attachments.map(({ name, bytes }) => ({
        filename: name,
        content: bytes,
        contentType: 'application/pdf',
      })),
      baseBoundary: letter.key,
      xMailer: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { eml: message as Buffer, envelope };
  };
}

function unsubscribeHeaders(unsubscribe: MailConfig['unsubscribe'], key: string): Record<string, string> {
  const { address, url } = unsubscribe ?? {};
  const ways = [
    url && `<${url.replaceAll('{token}', key)}>`,
    address && `<mailto:${address}?subject=unsubscribe-${key}>`,
  ].filter((way) => way !== undefined);
  if (ways.length === 0) return {};
  return {
    'List-Unsubscribe': ways.join(', '),
    ...(url !== undefined && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}
