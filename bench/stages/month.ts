import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import { createMessageFormat, type MessageFormat } from '../../src/formats/enterprise-data/message.ts';
import { createIdentity } from '../../src/model/identity.ts';
import { DEFAULT_VERSION } from '../../src/pipeline/build/format-fit.ts';
import { createNumberRegister } from '../../src/rules/numbers.ts';
import { loadProfile } from '../../src/schema/load.ts';
import type { AssemblyContext } from '../../src/sources/assembly/context.ts';
import { assembleContract } from '../../src/sources/assembly/contract.ts';
import { createAsideTally } from '../../src/sources/assembly/filter.ts';
import { type ContractRows, type Month, readMonth } from '../../src/sources/assembly/month.ts';
import { createPartyBook } from '../../src/sources/assembly/party-book.ts';
import { createServices } from '../../src/sources/assembly/services.ts';
import type { ContractResult } from '../../src/sources/assembly/sourced.ts';
import { openSource } from '../../src/sources/registry.ts';
import type { Source } from '../../src/sources/source.ts';
import { PERIOD } from '../documents.ts';
import type { Stopwatch } from '../measure.ts';

/** The pipeline up to the contracts, as `build` has it, in pieces that a stage can time. */

/** So many contracts are taken together: the clock is read seldom. The product takes one: what more is held, is copied. */
const BATCH = 10;

export interface OpenMonth {
  config: Config;
  source: Source;
  month: Month;
  format: MessageFormat;
  assemble(rows: ContractRows): ContractResult | undefined;
}

export async function openExport(folder: string): Promise<{ config: Config; source: Source }> {
  const { config, faults } = loadConfig(join(folder, 'bg1c.yaml'));
  if (!config) throw new Error(JSON.stringify(faults));
  const { source } = await openSource(config, join(folder, 'in'));
  if (!source) throw new Error(`no export in ${folder}`);
  return { config, source };
}

/** Reads and joins the month of a folder. */
export async function openMonth(folder: string): Promise<OpenMonth> {
  const { config, source } = await openExport(folder);
  const ignore = (): void => {};
  const month = await readMonth(source, config, PERIOD, () => folder, ignore);
  if (!month) throw new Error(`no month in ${folder}`);
  const identity = createIdentity(config.installation);
  const profile = loadProfile('enterprise-data', config.onec.format ?? DEFAULT_VERSION);
  const context: AssemblyContext = {
    config,
    source,
    identity,
    period: month.period,
    known: { byContract: nobody, byKey: nobody, byUuid: nobody, borneByOthers: () => false },
    services: createServices(month.services, month.chargeTypes, config, identity, source, ignore),
    namesakes: month.namesakes,
    sharers: month.sharers,
    eldest: new Map(),
    doubles: month.doubles,
    counterparties: createPartyBook(),
    numbers: createNumberRegister(),
    aside: createAsideTally(),
    persons: new Map(),
    given: {
      of: nobody,
      booked: nobody,
      last: () => 0,
      given: () => false,
      give: ignore,
      elsewhere: nobody,
    },
    report: ignore,
    leaveOut: ignore,
    charged: () => {},
  };
  return {
    config,
    source,
    month,
    format: createMessageFormat(config, config.organizations[0]!, month.period, identity, profile),
    assemble: (rows) => assembleContract(rows, context),
  };
}

function nobody(): undefined {
  return undefined;
}

/** The contracts of a month in batches; `watch` times their assembly. */
export function* assembled({ month, assemble }: OpenMonth, watch: Stopwatch): Generator<ContractResult[]> {
  const settle = (rows: readonly ContractRows[]): ContractResult[] =>
    watch.time(() => rows.map(assemble).filter((result) => result !== undefined));
  let batch: ContractRows[] = [];
  for (const rows of month.contracts()) {
    batch.push(rows);
    if (batch.length < BATCH) continue;
    yield settle(batch);
    batch = [];
  }
  if (batch.length > 0) yield settle(batch);
}
