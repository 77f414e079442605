import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ImapConfig } from '../../../src/config/mail.ts';
import { freePort, until } from './opensmtpd.ts';

/** Dovecot of Debian, a real IMAP server; it can be run by root alone. */
export const DOVECOT = process.getuid?.() === 0 && spawnSync('dovecot', ['--version']).error === undefined;
if (!DOVECOT)
  console.warn('SKIPPED: Dovecot is not installed (or the tests are not run by root), IMAP is not judged');

/** It reads mail as a user who is not root. */
const NOBODY = 65_534;

/** A mailbox with some messages. */
export async function startDovecot(
  folder: string,
  messages: readonly Buffer[],
): Promise<{ imap: ImapConfig; stop(): Promise<void> }> {
  const port = await freePort();
  const maildir = join(folder, 'maildir');
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
  for (const [index, eml] of messages.entries())
    writeFileSync(join(maildir, 'new', `${1_700_000_000 + index}.${index}.test`), eml);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'secret\n');
  writeFileSync(join(folder, 'users'), 'bounce:{PLAIN}secret\n');
  const conf = join(folder, 'dovecot.conf');
  writeFileSync(
    conf,
    `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
first_valid_uid = ${NOBODY}
mail_location = maildir:${maildir}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  );
  for (const path of [
    maildir,
    ...readdirSync(maildir, { recursive: true }).map((name) => join(maildir, String(name))),
  ])
    chownSync(path, NOBODY, NOBODY);
  for (let path = folder; path !== '/' && path !== '/tmp'; path = join(path, '..')) chmodSync(path, 0o755);
  const child = spawn('dovecot', ['-F', '-c', conf], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  await until(() => greets(port), 15_000);
  return {
    imap: { host: '127.0.0.1', port, security: 'none', user: 'bounce', passwordFile, mailbox: 'INBOX' },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function greets(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
