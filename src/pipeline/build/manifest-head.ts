import { createHash } from 'node:crypto';
import { configFingerprint } from '../../config/fingerprint.ts';
import type { Config } from '../../config/types.ts';
import type { FaultCollector } from '../../faults/collector.ts';
import type { Fault } from '../../faults/fault.ts';
import type { MessageFormat } from '../../formats/enterprise-data/message.ts';
import type { Period } from '../../model/period.ts';
import { LEFT_OUT_LIMIT, type Manifest } from '../../package/manifest.ts';
import { sourceFingerprints } from '../../sources/assembly/month.ts';
import type { Source } from '../../sources/source.ts';
import { uuidV5 } from '../../support/ids.ts';
import { toolVersion } from '../../support/version.ts';
import type { Work } from './write-month.ts';

/** The same source, settings, kept identities and tool give the same id, on every machine (design §7). */
export function packageId(
  config: Config,
  source: Source,
  period: Period,
  code: string,
  kept: readonly string[],
): string {
  const hash = createHash('sha256');
  for (const part of [
    JSON.stringify(sourceFingerprints(source)),
    configFingerprint(config),
    period,
    code,
    toolVersion(),
    kept.join('\n'),
  ])
    hash.update(part).update('\0');
  return uuidV5(`package:${hash.digest('hex')}`);
}

export function manifestHead(
  { request, source, month, faults, leftOut }: Work,
  format: MessageFormat,
  id: string,
  seq: number,
) {
  const { config } = request;
  const { code, uuid, name, inn, kpp } = format.organization;
  return {
    manifestVersion: 1 as const,
    packageId: id,
    installation: config.installation,
    organization: { code, uuid, name, inn, ...(kpp && { kpp }) },
    period: month.period,
    mode: config.documents.mode,
    seq,
    format: formatOf(config, format.profile.version),
    post: config.onec.post,
    rounding: config.vat.rounding,
    tool: { name: 'bgbilling-1c' as const, version: toolVersion() },
    source: { kind: config.source.kind, files: sourceFingerprints(source) },
    faults: [...faults.counts()].map(([faultCode, count]) => ({
      code: faultCode,
      severity: severityOf(faults, faultCode),
      count,
    })),
    leftOut: {
      count: leftOut.length,
      documents: leftOut
        .slice(0, LEFT_OUT_LIMIT)
        .map(({ kind, number, key, codes }) => ({ kind, number, key, codes })),
    },
  };
}

/** What the message is written in, and who chose it. */
export function formatOf({ onec: { bill, byPassport } }: Config, version: string): Manifest['format'] {
  return {
    name: 'EnterpriseData',
    version,
    bill,
    ...(byPassport?.format && { chosenBy: 'passport' }),
  };
}

function severityOf(faults: FaultCollector, code: string): Fault['severity'] {
  return faults.list().find((found) => found.code === code)!.severity;
}

export function sumObjects(all: readonly Manifest['objects'][]): Manifest['objects'] {
  const sum = { counterparties: 0, contracts: 0, services: 0 };
  for (const one of all) for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
  return sum;
}

export function sumLosses(all: readonly ReadonlyMap<string, number>[]): Manifest['losses'] {
  const sum = new Map<string, number>();
  for (const one of all) for (const [name, count] of one) sum.set(name, (sum.get(name) ?? 0) + count);
  return [...sum].map(([name, count]) => ({ name, count }));
}
