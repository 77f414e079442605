import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { SmtpConfig } from '../../../src/config/mail.ts';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { mailConfig } from './world.ts';

const folder = temporaryFolders();
const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const one of servers.splice(0)) await new Promise<void>((done) => one.close(() => done()));
});

/** What comes of connecting with some settings to some server. */
async function connecting(options: SMTPServerOptions, smtp: Partial<SmtpConfig>): Promise<unknown> {
  const server = new SMTPServer({ authOptional: true, logger: false, ...options });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  const { port } = server.server.address() as { port: number };
  const config = mailConfig(port, { smtp: { host: '127.0.0.1', port, security: 'none', ...smtp } });
  return mailChannel
    .connect({
      ...{ config, clock: () => new Date(), random: () => 0, sleep: async () => {} },
      signal: new AbortController().signal,
    })
    .then((session) => session.close().then(() => 'open'))
    .catch((error: { class: string; code: string }) => `${error.class} ${error.code}`);
}

function password(): string {
  const file = join(folder(), 'password');
  writeFileSync(file, 'secret');
  return file;
}

describe('a server that cannot be used as it is set', () => {
  it('a wrong password', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(new Error('bad password'));
    const server = { authOptional: false, disabledCommands: ['STARTTLS'], onAuth };
    expect(await connecting(server, { user: 'a', passwordFile: password() })).toBe('halted smtp-auth');
  });

  it('a password that is nowhere', async () => {
    expect(await connecting({}, { user: 'a', passwordEnv: 'BG1C_TEST_NO_SUCH' })).toBe('halted settings');
  });

  it('no encryption where it is wanted', async () => {
    expect(await connecting({ disabledCommands: ['STARTTLS'] }, { security: 'starttls' })).toBe(
      'halted smtp-tls',
    );
  });

  it.each(['tls', 'starttls'] as const)('a certificate that nobody signed, by %s', async (security) => {
    expect(await connecting({ secure: security === 'tls' }, { security })).toBe('halted smtp-certificate');
  });

  it('a certificate of the authority that is not there', async () => {
    const caFile = join(folder(), 'none.pem');
    expect(await connecting({ secure: true }, { security: 'tls', caFile })).toBe('halted settings');
  });

  it('is open where all is right', async () => {
    expect(await connecting({ disabledCommands: ['STARTTLS', 'AUTH'] }, {})).toBe('open');
  });
});
