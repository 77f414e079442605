import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expressibleRates } from '../../../src/formats/enterprise-data/dialect.ts';
import type { LossName } from '../../../src/formats/enterprise-data/losses.ts';
import { readObject } from '../../../src/formats/enterprise-data/read/objects.ts';
import type {
  ToldContract,
  ToldCounterparty,
  ToldOrganization,
  ToldRecord,
  ToldSale,
  ToldVatInvoice,
} from '../../../src/formats/enterprise-data/read/records.ts';
import { paymentsOf } from '../../../src/model/payments.ts';
import type { Contract, Counterparty, Document, Organization, Service } from '../../../src/model/types.ts';
import { createValidator, type Validator } from '../../../src/schema/validate.ts';
import { messageXsd } from '../../../src/schema/xsd.ts';
import type { ContractResult } from '../../../src/sources/assembly/sourced.ts';
import { cut } from '../../../src/support/text.ts';
import { NO_REFERENCE, named } from '../../schema/reference.ts';
import { formatOf, HEADER, IMPORTED, objectsOf, VERSIONS } from './formats.ts';
import { contractResult, defined } from './records.ts';

/** What the reader must tell of an object when nothing is lost: the model without what no version has a place for. */
function expected(result: ContractResult, seller: Organization): Map<string, ToldRecord> {
  const { counterparty, contract, services, documents } = result;
  const organization = toldOrganization(seller);
  const found: [string, ToldRecord][] = [[counterparty.record.uuid, toldCounterparty(counterparty.record)]];
  const { bank, uuid: owner } = counterparty.record;
  if (bank) found.push([bank.uuid, { record: 'bank-account', ...bank, owner }]);
  found.push([contract.record.uuid, toldContract(contract.record, organization)]);
  for (const { record } of services) found.push([record.uuid, toldService(record)]);
  for (const { record } of documents)
    for (const told of toldDocuments(record, contract.record, organization)) found.push([told.uuid!, told]);
  return new Map(found);
}

function toldOrganization({ uuid, kind, name, fullName, inn, kpp }: Organization): ToldOrganization {
  return defined({ uuid, kind, name, fullName, inn, kpp });
}

function toldCounterparty({ bank, ...record }: Counterparty): ToldCounterparty {
  return { ...record, ...(bank && { bank }) };
}

/** The number is cut to 1C's field, and without a date it is not sent (decisions 5). */
function toldContract(
  { uuid, counterparty, number, date, name }: Contract,
  organization: ToldOrganization,
): ToldContract {
  const dated = date === undefined ? {} : { date, number: cut(number, 20) };
  return { record: 'contract', uuid, counterparty, name, ...dated, organization };
}

function toldService({ id: _id, ...record }: Service): ToldRecord {
  return record;
}

function toldDocuments(
  document: Document,
  { account, number: contractNumber }: Contract,
  organization: ToldOrganization,
): (ToldSale | ToldVatInvoice)[] {
  const { uuid, number, date, contract, counterparty, sum, vat, lines } = document;
  const comment = `Лицевой счёт ${account}, договор № ${contractNumber}`;
  const base = { uuid, number, date, contract, counterparty, organization, sum, vat, comment };
  const paid = paymentsOf(document).map(({ number, date }) => ({ number, date }));
  const payments = paid.length > 0 ? { payments: paid } : {};
  if (document.record === 'vat-invoice') {
    const { act, actNumber, actDate } = document;
    return [{ ...base, record: 'vat-invoice', act, actNumber, actDate, ...payments }];
  }
  const sale: ToldSale = { ...base, record: document.record, vatIncluded: true, lines, hasGoods: false };
  if (document.record !== 'upd' || document.vatInvoiceUuid === undefined) return [sale];
  const tied = { act: uuid, actNumber: number, actDate: date };
  return [sale, { ...base, record: 'vat-invoice', uuid: document.vatInvoiceUuid, ...tied, ...payments }];
}

/** What is left of a record after a loss. Every loss that a version may declare is here. */
const AFTER: Readonly<Record<LossName, (record: ToldRecord) => ToldRecord>> = {
  'counterparty.ogrn': (record) => without(record, 'ogrn'),
  'counterparty.sole-trader': (record) => ({ ...record, kind: 'person' }) as ToldRecord,
  'counterparty.main-account': (record) => without(record, 'bank'),
  'service.group': (record) => without(record, 'group'),
  'document.comment': (record) => without(record, 'comment'),
  'document.buyer-inn': (record) => record,
  'document.buyer-kpp': (record) => record,
  'document.correction': (record) => record,
  'document.payments': (record) => without(record, 'payments'),
  'document.upd': (record) => ({ ...record, record: 'act' }) as ToldRecord,
};

function without(record: ToldRecord, field: string): ToldRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => name !== field),
  ) as unknown as ToldRecord;
}

const OLD = IMPORTED.map((profile) => ({ profile, name: `EnterpriseData ${profile.version}, imported` }));
const ALL = [...VERSIONS.map((profile) => ({ profile, name: `EnterpriseData ${profile.version}` })), ...OLD];

it.skipIf(NO_REFERENCE)(named('older versions are tried too', NO_REFERENCE), () => {
  expect(OLD).not.toEqual([]);
});

describe.each(ALL)('$name', ({ profile }) => {
  let validator: Validator;
  beforeAll(() => {
    validator = createValidator(messageXsd(profile, HEADER));
  });
  afterAll(() => validator.dispose());

  it.each(['ЗаказКлиента', 'СчетПокупателю'] as const)(
    'gives back what was written, up to the losses it declares; bills as %s',
    async (bill) => {
      const format = formatOf(profile, bill);
      const rates = [...expressibleRates(profile)];
      await fc.assert(
        fc.asyncProperty(contractResult(rates), fc.integer({ min: 1, max: 4096 }), async (result, size) => {
          const objects = format.part()(result);
          const text = `${format.head(1)}${objects.map(({ xml }) => `${xml}\n`).join('')}${format.tail}`;
          expect(validator.check(text)).toEqual([]);
          const wanted = expected(result, format.organization);
          const read = (await objectsOf(text, size)).map(readObject);
          expect(read).toEqual(
            objects.map(({ uuid, losses }) =>
              losses.reduce((record, loss) => AFTER[loss as LossName](record), wanted.get(uuid)!),
            ),
          );
        }),
        { numRuns: 60 },
      );
    },
  );
});
