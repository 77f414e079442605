import { firstDay, type Period, shiftPeriod } from '../../model/period.ts';
import type { Bill, Organization, Service } from '../../model/types.ts';
import { compileWriter } from '../../schema/compile-writer.ts';
import { escapeXml } from '../../schema/escape.ts';
import { loadProfile } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import type { ContractResult } from '../../sources/assembly/sourced.ts';
import { uuidV5 } from '../../support/ids.ts';
import { billMapping, catalogMapping, classifierMapping } from './mapping.ts';
import type { BillView, CatalogView } from './views.ts';

/** The version that is written; what it says is valid by 2.08 too (facts: CommerceML §1). */
const VERSION = '2.10';

/** Writers of the two files of one organisation and period: bills, and the catalogue of what they sell. */
export interface CommerceMl {
  readonly profile: Profile;
  /** Of the file of bills: declaration, root and classifier. */
  readonly head: string;
  readonly tail: string;
  /** The bills of a contract, an element each. */
  bills(contract: ContractResult): string[];
  /** A whole file: a catalogue may not stand in one file with bills. */
  catalog(services: readonly Service[]): string;
}

export function createCommerceMl(organization: Organization, period: Period): CommerceMl {
  const profile = loadProfile('commerceml', VERSION);
  const writeBill = compileWriter(profile, 'Документ', billMapping).write;
  const writeClassifier = compileWriter(profile, 'Классификатор', classifierMapping).write;
  const writeCatalog = compileWriter(profile, 'Каталог', catalogMapping).write;
  const id = (kind: string): string => uuidV5(`commerceml:${kind}:${organization.uuid}`);
  const empty: CatalogView = {
    classifier: id('classifier'),
    group: id('group'),
    catalog: id('catalog'),
    owner: organization,
    services: [],
  };
  const head = fileHead(profile, `${firstDay(shiftPeriod(period, 1))}T00:00:00`, writeClassifier(empty));
  const tail = '</КоммерческаяИнформация>\n';
  return {
    profile,
    head,
    tail,
    bills: (contract) => billsOf(contract, empty.group).map(writeBill),
    catalog: (services) => {
      const views = services.map((service) => ({ service, group: empty.group }));
      return `${head}${writeCatalog({ ...empty, services: views })}\n${tail}`;
    },
  };
}

function billsOf({ contract, counterparty, services, documents }: ContractResult, group: string): BillView[] {
  const byUuid = new Map(services.map(({ record }) => [record.uuid, record]));
  return documents.flatMap(({ record }): BillView[] => {
    if (record.record !== 'bill') return [];
    const bill: Bill = record;
    const lines = bill.lines.map((line) => ({ line, service: byUuid.get(line.service)!, group }));
    return [{ bill, contract: contract.record, counterparty: counterparty.record, lines }];
  });
}

/** @param created a constant of the period: the same month gives the same bytes */
function fileHead({ namespace, version }: Profile, created: string, classifier: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<КоммерческаяИнформация xmlns="${escapeXml(namespace)}" ВерсияСхемы="${version}" ДатаФормирования="${created}">\n` +
    `${classifier}\n`
  );
}
