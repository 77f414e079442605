import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import { configFor } from '../config.ts';
import { channelContract, type Side, type Trouble } from '../contract.ts';
import { type Act, type Step, startScriptedServer } from './smtp.ts';
import { mailConfig } from './world.ts';

/** At which step a trouble comes, and what the server does there. */
const PLAYED: Partial<Record<Trouble, [Step, Act]>> = {
  unreachable: ['mail', 'drop'],
  'lost-before': ['mid-letter', 'drop'],
  'lost-after': ['stored', 'drop'],
  'killed-before': ['rcpt', 'drop'],
  'killed-after': ['stored', 'drop'],
  busy: ['rcpt', '451 4.7.1 Rate limit exceeded'],
  'broken-before': ['data', '451 4.3.0 Internal error'],
  refused: ['rcpt', '550 5.1.1 no such user'],
};
const PASSWORD = 'пароль-который-никто-не-видит';

async function openSide(folder: string): Promise<Side> {
  let letters = 0;
  let planned: { at: number; trouble: Trouble; kill: () => void } | undefined;
  const server = await startScriptedServer((step, letter) => {
    letters = Math.max(letters, letter);
    const [at, act] = (planned?.at === letter && PLAYED[planned.trouble]) || [];
    if (at !== step) return 'go';
    if (planned!.trouble.startsWith('killed')) planned!.kill();
    return act!;
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'password'), PASSWORD);
  const { mail } = mailConfig(server.port).channels;
  const smtp = { ...mail!.smtp, user: 'billing', passwordFile: join(folder, 'password') };
  return {
    channel: mailChannel,
    config: configFor({ mail: { ...mail!, smtp } }),
    meet: (nth, trouble, kill) => {
      planned = { at: letters + nth, trouble, kill };
    },
    writes: () => letters,
    copies: (key) => server.stored.filter(({ eml }) => eml.includes(`<${key}@isp.example>`)).length,
    secrets: [PASSWORD, Buffer.from(PASSWORD).toString('base64')],
    close: () => server.close(),
  };
}

channelContract('mail', { troubles: Object.keys(PLAYED) as Trouble[], open: openSide });
