import { simpleParser } from 'mailparser';
import { sha256 } from '../../support/ids.ts';
import { keyOfAddress, keysOfMessageIds, withoutAddresses } from './addresses.ts';

/** A notice that a letter could not be handed over, or not yet. */
export interface Notice {
  id: string;
  /** Of the letter. */
  key: string;
  /** For good. */
  hard: boolean;
  /** `5.1.1` */
  code: string;
  /** What the server said, in one line, without addresses. */
  text: string;
  /** Whom it was for, where the notice says it. */
  address?: string;
}

/** Headers that keep the address that a notice was sent to. */
const ADDRESSED = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];
const ANSWER = /\b[45]\d\d[ -]?([45]\.\d{1,3}\.\d{1,3})[^\r\n]*/;
const STATUS = /^Status:\s*([45]\.\d{1,3}\.\d{1,3})/im;
const ACTION = /^Action:\s*(failed|delayed)/im;
const RECIPIENT = /^(?:Final|Original)-Recipient:\s*rfc822;\s*<?([^\s<>]+@[^\s<>]+?)>?\s*$/im;
const TEXT_LENGTH = 200;

/**
 * Reads a notice. Servers do not agree on its form (one sends multipart/mixed and «Status: 5.0.0» beside «550 5.1.1»), so
 * that the letter is known by the address or the Message-ID, and the cause by the answer that the text quotes.
 * @param from our own address: its domain stands in the Message-IDs
 * @returns undefined where it is something else: an answer of a person, a notice about a foreign letter
 */
export async function readNotice(eml: Buffer, from: string): Promise<Notice | undefined> {
  const parsed = await simpleParser(eml, {
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  const parts = parsed.attachments.map(({ content }) => content.toString('utf8'));
  const text = [parsed.text ?? '', ...parts].join('\n');
  const addressed = parsed.headerLines
    .filter(({ key }) => ADDRESSED.includes(key))
    .map(({ line }) => keyOfAddress(line));
  const key = addressed.find((one) => one !== undefined) ?? keysOfMessageIds(text, from)[0];
  const answer = ANSWER.exec(text);
  const action = ACTION.exec(text)?.[1]?.toLowerCase();
  const code = answer?.[1] ?? STATUS.exec(text)?.[1] ?? (action && (action === 'failed' ? '5.0.0' : '4.0.0'));
  if (key === undefined || code === undefined) return undefined;
  const address = RECIPIENT.exec(text)?.[1]?.toLowerCase();
  return {
    id: sha256(eml),
    key,
    hard: action === undefined ? code.startsWith('5') : action === 'failed',
    code,
    text: withoutAddresses(answer?.[0] ?? `Status: ${code}`)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, TEXT_LENGTH),
    ...(address !== undefined && { address }),
  };
}
