import type { Channel } from '../channel.ts';
import { isMailed } from './recipients.ts';
import { openMailSession } from './session.ts';

/**
 * Letters with PDFs. The other side cannot be asked whether it has a letter: what is in doubt waits for a person and is
 * never sent again by itself.
 */
export const mailChannel: Channel = {
  name: 'mail',
  title: 'электронная почта',
  setting: 'mail',
  configured: ({ channels }) => channels.mail !== undefined,
  limits({ channels }) {
    const { perMinute, perHour, perDay, connections } = channels.mail!.limits;
    return { perMinute, perHour, perDay, concurrency: connections };
  },
  carries: isMailed,
  group: ({ document, counterparty }, { channels }) =>
    channels.mail?.letter === 'document' ? document.uuid : `${counterparty.uuid} ${document.period}`,
  rehearses: ({ channels }) => channels.mail?.test !== undefined,
  connect: openMailSession,
};
