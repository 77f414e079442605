import type { Config } from '../../config/types.ts';
import type { Fault } from '../../faults/fault.ts';
import type { Identity } from '../../model/identity.ts';
import type { Document, Service } from '../../model/types.ts';
import { fitText } from '../../rules/texts.ts';
import { cut } from '../../support/text.ts';
import type { Source, SourceRow } from '../source.ts';
import { cellReader } from './cells.ts';
import { NAME_LIMIT } from './parties.ts';
import { refs, type Sourced } from './sourced.ts';

/** Sid of the one line of a document whose lines are unknown. */
export const FALLBACK_SERVICE = 'fallback';
const FALLBACK_NAME = 'Услуги связи';
/** НаименованиеПолное of Номенклатура. */
const FULL_NAME_LIMIT = 1000;

/** A charge of BGBilling has a type but no service: its type is the service. */
export function chargeService(type: string): string {
  return `charge-${type}`;
}

/** What is sold: services of the billing, types of charges, and the general service of `lines.fallback`. */
export interface ServiceDirectory {
  title(sid: string): string;
  uuid(sid: string): string;
  problem(sid: string): 'missing' | 'twice' | undefined;
  /** The services that the lines of these documents name, each once. */
  used(documents: readonly Document[]): Sourced<Service>[];
}

export function createServices(
  rows: ReadonlyMap<string, readonly SourceRow[]>,
  chargeTypes: ReadonlyMap<string, SourceRow>,
  config: Config,
  identity: Identity,
  source: Source,
  report: (found: Fault) => void,
): ServiceDirectory {
  const titles = new Map<string, string>([[FALLBACK_SERVICE, FALLBACK_NAME]]);
  const read = cellReader(source, 'services', report);
  for (const [sid, [row]] of rows) titles.set(sid, read(row!).text('title') || `Услуга ${sid}`);
  const readCharge = cellReader(source, 'charges', report);
  for (const [type, row] of chargeTypes)
    titles.set(chargeService(type), readCharge(row).text('charge_type') || `Разовая услуга ${type}`);
  const charges = new Map([...chargeTypes].map(([type, row]) => [chargeService(type), row]));
  const uuids = new Map([...titles.keys()].map((sid) => [sid, identity.service(sid)]));
  const sids = new Map([...uuids].map(([sid, uuid]) => [uuid, sid]));
  const made = new Map<string, Sourced<Service>>();

  const make = (uuid: string, sid: string): Sourced<Service> => {
    const row = rows.get(sid)?.[0];
    const charge = charges.get(sid);
    const mapped = config.services.map[sid];
    const name = mapped?.name ?? titles.get(sid)!;
    const where = row ? read(row).where('title') : {};
    return {
      record: {
        record: 'service',
        uuid,
        id: sid,
        name: fitText(name, NAME_LIMIT, 'Название услуги', where, report),
        fullName: mapped?.fullName ?? cut(name, FULL_NAME_LIMIT),
        ...(mapped?.group && { group: { uuid: identity.serviceGroup(mapped.group), name: mapped.group } }),
        unit: mapped?.unit ?? config.services.unit,
      },
      rows: row ? refs('services', [row]) : charge ? refs('charges', [charge]) : {},
    };
  };

  return {
    uuid: (sid) => uuids.get(sid)!,
    title: (sid) => titles.get(sid) ?? `Услуга ${sid}`,
    problem: (sid) =>
      titles.has(sid) ? ((rows.get(sid)?.length ?? 1) > 1 ? 'twice' : undefined) : 'missing',
    used(documents) {
      const uuids = new Set(documents.flatMap(({ lines }) => lines.map(({ service }) => service)));
      return [...uuids].map((uuid) => {
        const known = made.get(uuid) ?? make(uuid, sids.get(uuid)!);
        made.set(uuid, known);
        return known;
      });
    },
  };
}
