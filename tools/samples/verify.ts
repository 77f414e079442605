import assert from 'node:assert/strict';
import { isEmail } from '../../src/model/email.ts';
import { numberProblems } from '../../src/model/numbering.ts';
import { isAccount, isInn, isKpp, isOgrn } from '../../src/model/requisites.ts';
import { documentsOf } from './documents.ts';
import type { Month } from './month.ts';
import { PROVIDER } from './provider.ts';
import { serviceOf } from './services.ts';

/** Stops where a good month has a mistake that its author did not mean. */
export function verifyMonth(month: Month): void {
  assert(isInn(PROVIDER.inn) && isKpp(PROVIDER.kpp) && isOgrn(PROVIDER.ogrn));
  assert(isAccount(PROVIDER.bank.account, PROVIDER.bank.bik));
  for (const { party, acts, accrued = [] } of month.subscribers) {
    const { inn, kpp, ogrn, bik, account, email, short } = party;
    assert(inn === '' || isInn(inn), short);
    assert(kpp === '' || isKpp(kpp), short);
    assert((inn.length === 10) === (kpp !== ''), short);
    assert(ogrn === '' || isOgrn(ogrn), short);
    assert(account === '' || isAccount(account, bik), short);
    for (const part of email.split(/[\n;,]/).filter(Boolean)) {
      const address = /<(.*)>/.exec(part)?.[1] ?? part.trim();
      assert(isEmail(address) && address.endsWith('.example'), address);
    }
    for (const { sid } of [...acts.flat(), ...accrued]) serviceOf(sid);
  }
  unique(month.subscribers.map(({ cid }) => cid));
  unique(month.subscribers.map(({ account }) => account));
  unique(month.subscribers.map(({ contract }) => contract));
  const documents = documentsOf(month);
  unique(documents.map(({ type, number }) => `${type} ${number}`));
  unique(documents.map(({ kind, id }) => `${kind} ${id}`));
  for (const { number, type } of documents)
    assert.deepEqual(
      numberProblems(number, ({ '1': 'bill', '2': 'act', '3': 'vat-invoice' } as const)[type]),
      [],
    );
}

function unique(values: readonly (string | number)[]): void {
  assert.equal(
    new Set(values).size,
    values.length,
    `twice: ${values.find((value, index) => values.indexOf(value) < index)}`,
  );
}
