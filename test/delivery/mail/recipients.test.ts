import { beforeEach, describe, expect, it } from 'vitest';
import type { MailConfig } from '../../../src/config/mail.ts';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import { recipientsOf } from '../../../src/delivery/mail/recipients.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import type { Counterparty } from '../../../src/model/types.ts';
import { buyer, letterTask, mailConfig } from './world.ts';

const clock = (): Date => new Date('2026-11-03T08:00:00Z');
let journal: Journal;
beforeEach(() => {
  journal = openJournal(':memory:', clock).journal!;
});

function asked(
  more: Partial<MailConfig> = {},
  party: Partial<Counterparty> = {},
): { addresses: string[]; codes: string[] } {
  const mail = mailConfig(1, more).channels.mail!;
  const { addresses, faults } = recipientsOf(mail, { ...buyer(1), ...party }, ['100201'], journal.records);
  return { addresses, codes: faults.map(({ code }) => code) };
}

describe('whom a letter goes to', () => {
  it('the settings before the address book before the billing', () => {
    expect(asked().addresses).toEqual(['buh1@buyer.example']);
    journal.records.addressBook.add({ inn: '1000000001', kpp: '027401001' }, 'crm@buyer.example', 'bitrix24');
    expect(asked().addresses).toEqual(['crm@buyer.example']);
    expect(asked({ recipients: { '100201': ['set@buyer.example'] } }).addresses).toEqual([
      'set@buyer.example',
    ]);
    expect(asked({ recipients: { '1000000001': ['inn@buyer.example'] } }).addresses).toEqual([
      'inn@buyer.example',
    ]);
  });

  it('a person without ИНН is known in the address book by its UUID', () => {
    const { inn: _inn, kpp: _kpp, ...person } = { ...buyer(1), kind: 'person' as const };
    journal.records.addressBook.add({ counterparty: person.uuid }, 'home@buyer.example', 'bitrix24');
    const mail = mailConfig(1).channels.mail!;
    expect(recipientsOf(mail, person, [], journal.records).addresses).toEqual(['home@buyer.example']);
  });

  it('the first good one, or all of them, each once', () => {
    const emails = ['нет', 'a@buyer.example', 'A@buyer.example', 'b@buyer.example'];
    expect(asked({}, { emails })).toEqual({ addresses: ['a@buyer.example'], codes: ['BG1C-MAIL-ADDRESS'] });
    expect(asked({ to: 'all' }, { emails }).addresses).toEqual(['a@buyer.example', 'b@buyer.example']);
  });

  it('not one from which letters come back: after one wrong address, or three other refusals', () => {
    const emails = ['a@buyer.example', 'b@buyer.example'];
    const bounce = (id: string, address: string, wrongAddress: boolean): boolean =>
      journal.records.letters.bounced({ id, delivery: 'd', address, wrongAddress, code: '5.1.1' });
    expect(bounce('1', 'a@buyer.example', true)).toBe(true);
    expect(bounce('1', 'a@buyer.example', true)).toBe(false);
    expect(asked({}, { emails }).addresses).toEqual(['b@buyer.example']);
    for (const id of ['2', '3']) bounce(id, 'b@buyer.example', false);
    expect(asked({}, { emails }).addresses).toEqual(['b@buyer.example']);
    bounce('4', 'b@buyer.example', false);
    expect(asked({}, { emails })).toEqual({ addresses: [], codes: ['BG1C-MAIL-RETURNED'] });
  });

  it('nobody: a list of who has no address', () => {
    expect(asked({}, { emails: [] })).toEqual({ addresses: [], codes: ['BG1C-MAIL-NO-ADDRESS'] });
    expect(asked({ optOut: ['BUH1@buyer.example'] }).codes).toEqual(['BG1C-MAIL-NO-ADDRESS']);
  });
});

describe('which documents go by letter', () => {
  const [source] = letterTask(1, clock()).parcel.documents;
  const carries = (
    more: Partial<MailConfig> = {},
    party: Partial<Counterparty> = {},
    consent = false,
  ): boolean => {
    const config = mailConfig(1, more);
    const asked = { ...source!, counterparty: { ...source!.counterparty, ...party } };
    return mailChannel.carries(
      asked,
      { ...config, consent: { ...config.consent, mail: consent } },
      journal.records,
    );
  };

  it('the kinds of the settings; who wants no letters is left out', () => {
    expect(carries()).toBe(true);
    expect(carries({ documents: ['act'] })).toBe(false);
    expect(carries({ optOut: ['1000000001'] })).toBe(false);
    expect(carries({ optOut: ['100201'] })).toBe(false);
    expect(carries({}, { collective: true })).toBe(false);
  });

  it('those of persons with their consent only', () => {
    expect(carries({}, { kind: 'person' })).toBe(false);
    expect(carries({}, { kind: 'person' }, true)).toBe(true);
  });

  it('what went by electronic exchange does not, unless a copy is wanted or it was not taken there', () => {
    const { deliveries } = journal.records;
    const delivery = { ...letterTask(1, clock()).delivery, key: 'k', channel: 'sbis' };
    const lease = { owner: 'o', until: '2026-11-03T09:00:00Z' };
    const { id } = deliveries.enrol(delivery);
    expect(carries()).toBe(true);
    deliveries.begin(delivery, 'h', lease);
    deliveries.settle(id, 'o', { is: 'sent' });
    expect(carries()).toBe(false);
    expect(carries({ edo: 'copy' })).toBe(true);
    deliveries.remote('k', { state: 'rejected', code: '8', name: 'отклонён' });
    expect(carries()).toBe(true);
  });
});
