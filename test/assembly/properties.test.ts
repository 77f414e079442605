import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBER_LIMIT, numberProblems } from '../../src/model/numbering.ts';
import { lastDay } from '../../src/model/period.ts';
import type { CanonicalRecord, Document } from '../../src/model/types.ts';
import { checkRecord } from '../../src/rules/records.ts';
import { formedSettings } from './formed.ts';
import {
  type Assembled,
  accrual,
  assemble,
  BRANCH,
  COMPANY,
  client,
  contract,
  givenNumbers,
  type Row,
  type Tables,
} from './month.ts';

/** What a subscriber of a random month is. */
interface Subscriber {
  party: 'company' | 'branch' | 'person' | 'unknown';
  prepaid: boolean;
  firm: 0 | 2;
  /** Kopecks by service. */
  sums: number[];
  paid: number;
}

const subscriber = fc.record<Subscriber>({
  party: fc.constantFrom('company', 'branch', 'person', 'unknown'),
  prepaid: fc.boolean(),
  firm: fc.constantFrom(0, 2),
  sums: fc.array(fc.integer({ min: -5_000, max: 1_000_000 }), { minLength: 1, maxLength: 3 }),
  paid: fc.integer({ min: 1, max: 500_000 }),
});
const subscribers = fc.array(subscriber, { minLength: 1, maxLength: 8 });

const PARTIES: Record<Subscriber['party'], Row> = {
  company: COMPANY,
  branch: BRANCH,
  person: { fc: 0, inn: '', kpp: '' },
  unknown: { inn: '', kpp: '' },
};
const SIDS = [20, 21, 60];

function money(kopecks: number): string {
  return (kopecks / 100).toFixed(2).replace('.', ',');
}

function tablesOf(all: readonly Subscriber[], period = '2026-10'): Tables {
  const [yy, mm] = period.split('-').map(Number) as [number, number];
  const numbered = all.map((one, at) => ({ ...one, cid: at + 1 }));
  return {
    clients: numbered.map(({ cid, party }) =>
      client(cid, { ...PARTIES[party], name_short: `Клиент ${party} ${cid}`, name_full: `Клиент ${cid}` }),
    ),
    contracts: numbered.map(({ cid, prepaid, firm }) =>
      contract(cid, { contract_title: String(1000 + cid), mode: prepaid ? 1 : 0, firm_id: firm }),
    ),
    services: SIDS.map((sid) => ({ sid, title: `Услуга ${sid}` })),
    accruals: numbered.flatMap(({ cid, sums }) =>
      sums.map((sum, at) => accrual(cid, money(sum), { sid: SIDS[at]!, yy, mm })),
    ),
    payments: numbered.map(({ cid, paid }) => ({
      ...{ id: cid, dt: `${period}-05`, cid, summa: money(paid) },
      comment: `п/п ${cid} от 05.${period.slice(5)}.2026`,
    })),
  };
}

const config = formedSettings('vat: { overrides: [{ service: "60", rate: none }] }\n', (settings) => {
  const [first] = settings.organizations;
  settings.organizations.push({ ...first!, code: 'second', name: 'ООО «Вторая»', firms: ['2'] });
  settings.documents.accrual.bills = 'all';
  settings.numbering.template = {
    bill: '{account}/{m36}{n}',
    act: '{account}/{m36}{n}',
    upd: '{account}/{m36}{n}',
  };
});

function recordsOf({ results }: Assembled): CanonicalRecord[] {
  return results.flatMap(({ counterparty, contract: of, services, documents }) => [
    counterparty.record,
    of.record,
    ...services.map(({ record }) => record),
    ...documents.map(({ record }) => record),
  ]);
}

function shuffled<T>(rows: readonly T[], order: readonly number[]): T[] {
  return rows
    .map((row, at) => ({ row, key: order[at % order.length]! * 31 + at * 17 }))
    .sort((a, b) => (a.key % 97) - (b.key % 97))
    .map(({ row }) => row);
}

const RUNS = { numRuns: 40 };

describe('a random month', () => {
  it('is the same whatever order its rows stand in', async () => {
    const order = fc.array(fc.integer({ min: 0, max: 96 }), { minLength: 3, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(subscribers, order, async (all, keys) => {
        const tables = tablesOf(all);
        const other = Object.fromEntries(
          Object.entries(tables).map(([name, rows]) => [name, shuffled(rows!, keys)]),
        ) as Tables;
        const [one, two] = [await assemble(tables, { config }), await assemble(other, { config })];
        expect(recordsOf(two)).toEqual(recordsOf(one));
        expect(two.leftOut).toEqual(one.leftOut);
      }),
      RUNS,
    );
  });

  it('goes through a line of text and back, and every record keeps its schema', async () => {
    await fc.assert(
      fc.asyncProperty(subscribers, async (all) => {
        for (const record of recordsOf(await assemble(tablesOf(all), { config }))) {
          expect(JSON.parse(JSON.stringify(record))).toEqual(record);
          expect(checkRecord(record)).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  it('has documents whose lines, VAT and payments add up', async () => {
    await fc.assert(
      fc.asyncProperty(subscribers, async (all) => {
        const { documents } = await assemble(tablesOf(all), { config });
        for (const document of documents) {
          expect(document.lines.reduce((sum, line) => sum + line.sum, 0)).toBe(document.sum);
          expect(document.lines.reduce((sum, line) => sum + line.vat, 0)).toBe(document.vat);
          const paid = 'payments' in document ? document.payments! : [];
          expect(paid.reduce((sum, one) => sum + one.sum, 0)).toBeLessThanOrEqual(document.sum);
        }
      }),
      RUNS,
    );
  });

  it('keeps the UUIDs of its counterparties when a КПП changes and it is exported again', async () => {
    await fc.assert(
      fc.asyncProperty(subscribers, fc.nat(), async (all, pick) => {
        const tables = tablesOf(all);
        const before = await assemble(tables, { config });
        const known = before.results.map(({ contract: of, counterparty: { record } }) => ({
          ...{ contract: of.record.id, uuid: record.uuid },
          ...{ inn: record.inn ?? '', kpp: record.kpp ?? '' },
        }));
        const clients = tables.clients!.map((row, at) =>
          at === pick % all.length && row.kpp !== '' ? { ...row, kpp: '027743001' } : row,
        );
        const after = await assemble({ ...tables, clients }, { config, known });
        const uuids = ({ results }: Assembled) =>
          results.map(({ contract: of, counterparty }) => [of.record.id, counterparty.record.uuid]);
        expect(uuids(after)).toEqual(uuids(before));
        expect(after.documents.map(({ uuid }) => uuid)).toEqual(before.documents.map(({ uuid }) => uuid));
      }),
      RUNS,
    );
  });

  it('numbers by templates: once in the year over all months and sellers, as 1C holds and prints them', async () => {
    await fc.assert(
      fc.asyncProperty(subscribers, async (all) => {
        const given = givenNumbers();
        const year: Document[] = [];
        for (const period of ['2026-01', '2026-02', '2026-11', '2026-12']) {
          const { documents } = await assemble(tablesOf(all, period), { config, given, period });
          expect(documents.every(({ date }) => date === lastDay(period))).toBe(true);
          year.push(...documents);
        }
        for (const kind of ['bill', 'act', 'vat-invoice'] as const) {
          const numbers = year.filter(({ record }) => record === kind).map(({ number }) => number);
          expect(new Set(numbers).size).toBe(numbers.length);
          for (const number of numbers) {
            expect(number.length).toBeLessThanOrEqual(NUMBER_LIMIT[kind]);
            expect(numberProblems(number, kind)).toEqual([]);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
