import type { Config, OrganizationConfig, VatOverride } from '../../config/types.ts';
import type { Fault, FaultWhere } from '../../faults/fault.ts';
import type { Identity } from '../../model/identity.ts';
import type { Kopecks } from '../../model/money.ts';
import { lastDay, type Period } from '../../model/period.ts';
import { rateOn, type VatRate } from '../../model/vat.ts';
import type { NumberRegister } from '../../rules/numbers.ts';
import type { Source } from '../source.ts';
import type { AsideTally } from './filter.ts';
import type { GivenNumbers } from './numbers.ts';
import type { PartyBook } from './party-book.ts';
import type { PersonsBook } from './persons.ts';
import type { ServiceDirectory } from './services.ts';
import type { LeftOut } from './sourced.ts';

/** What the journal remembers of counterparties, as far as a build asks. */
export interface KnownCounterparties {
  byContract(contract: string): KnownCounterparty | undefined;
  /** The oldest one with this ИНН and КПП. */
  byKey(inn: string, kpp: string): KnownCounterparty | undefined;
  byUuid(uuid: string): KnownCounterparty | undefined;
  /** Another contract than this one bears the UUID. */
  borneByOthers(uuid: string, contract: string): boolean;
}

export interface KnownCounterparty {
  uuid: string;
  inn: string;
  kpp: string;
  /** Rank in the journal: the smaller the older. */
  age: number;
}

/** Everything that the assembly of a contract reads besides the contract's own rows. */
export interface AssemblyContext {
  config: Config;
  source: Source;
  period: Period;
  identity: Identity;
  known: KnownCounterparties;
  services: ServiceDirectory;
  /** Names without КПП that more than one counterparty bears. */
  namesakes: ReadonlySet<string>;
  /** Contracts of the export that share ИНН and КПП, by `partyKey`. */
  sharers: ReadonlyMap<string, readonly number[]>;
  /** The eldest counterparty of each of them in the journal, as far as it was asked for. */
  eldest: Map<string, KnownCounterparty | undefined>;
  /** Documents that stand twice: `invoice:17`. */
  doubles: ReadonlySet<string>;
  counterparties: PartyBook;
  numbers: NumberRegister;
  given: GivenNumbers;
  /** What keeps lines of a rate out of the package: the version of the format or the base does not know it. */
  refuses?: ((rate: VatRate, number: string, where: FaultWhere) => Fault | undefined) | undefined;
  /** What the settings leave aside. */
  aside: AsideTally;
  /** What is summed up of persons for their one act. */
  persons: PersonsBook;
  report(found: Fault): void;
  /**
   * What a contract was charged as sales, and the acts that the billing made of it: told at most once a contract.
   * @param accrued undefined: the export has no accruals
   */
  charged(contract: string, accrued: Kopecks | undefined, documents: Kopecks): void;
  leaveOut(document: LeftOut): void;
}

export function organizationOf(config: Config, firm: string): OrganizationConfig | undefined {
  return config.organizations.find(({ firms }) => firms.includes(firm));
}

/**
 * VAT rate by the end of the service period: contract over service over organisation over the dated table. A rate in the
 * map of services counts as one of the service, after those of the overrides.
 */
export function rateFor(
  config: Config,
  period: Period,
  organization: string,
  service: string,
  contract: string,
): VatRate {
  const day = lastDay(period);
  const mapped = config.services.map[service]?.vat;
  const all: readonly VatOverride[] =
    mapped === undefined ? config.vat.overrides : [...config.vat.overrides, { service, rate: mapped }];
  const holds = all.filter(({ from }) => from === undefined || from <= day);
  const fits = (one: (typeof holds)[number]): boolean =>
    (one.contract === undefined || one.contract === contract) &&
    (one.service === undefined || one.service === service) &&
    (one.organization === undefined || one.organization === organization);
  const weight = (one: (typeof holds)[number]): number =>
    (one.contract === undefined ? 0 : 4) +
    (one.service === undefined ? 0 : 2) +
    (one.organization === undefined ? 0 : 1);
  const best = holds
    .filter(fits)
    .sort((a, b) => weight(b) - weight(a) || (b.from ?? '').localeCompare(a.from ?? ''))[0];
  return best?.rate ?? rateOn(config.vat.rates, day) ?? 'none';
}
