import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

const MAIL = {
  from: { address: 'billing@isp.example', name: 'Башнет' },
  smtp: { host: 'smtp.isp.example', user: 'billing', passwordEnv: 'SMTP_PASSWORD' },
};

/** Settings that are wrong, with their reasons. */
function refused(mail: object, print: object = {}): string[] {
  const path = join(folder(), 'bg1c.yaml');
  const config = {
    installation: 'bashnet',
    organizations: [{ code: 'bashnet', name: 'ООО «Башнет»', inn: '0299000011', kpp: '027401001' }],
    source: { kind: 'bgbilling-csv' },
    documents: { types: { '1': 'bill' } },
    channels: { mail: { ...MAIL, ...mail } },
    print,
  };
  writeFileSync(path, stringify(config));
  return loadConfig(path).faults.map(({ message }) => message);
}

describe('settings of letters', () => {
  it('stand with the defaults', () => {
    expect(refused({})).toEqual([]);
  });

  it.each([
    ['an address that is none', { replyTo: 'a@b' }, 'channels.mail.replyTo'],
    ['one of the recipients', { recipients: { '100201': ['нет'] } }, 'channels.mail.recipients.100201[0]'],
    [
      'no password',
      { smtp: { host: 'smtp.isp.example', user: 'billing' } },
      'channels.mail.smtp.passwordEnv',
    ],
    ['a password in the clear', { smtp: { ...MAIL.smtp, security: 'none' } }, 'channels.mail.smtp.security'],
    ['no key of DKIM', { dkim: { domain: 'isp.example', selector: 'bg' } }, 'channels.mail.dkim.keyFile'],
    [
      'a page that is not encrypted',
      { unsubscribe: { url: 'http://isp.example' } },
      'channels.mail.unsubscribe.url',
    ],
  ])('%s is refused by its name', (_, mail, key) => {
    const reasons = refused(mail);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain(key);
  });

  it('a server of this machine may be spoken to in the clear', () => {
    expect(refused({ smtp: { ...MAIL.smtp, host: 'localhost', security: 'none' } })).toEqual([]);
  });
});

describe('settings of forms', () => {
  it('an organisation that is not there, a day that is none', () => {
    expect(refused({}, { organizations: { other: {} } })[0]).toContain('other');
    expect(refused({}, { organizations: { bashnet: { registered: '2026-02-30' } } })[0]).toContain(
      '2026-02-30',
    );
  });
});
