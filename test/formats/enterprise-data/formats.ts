import { readFileSync } from 'node:fs';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/types.ts';
import { createMessageFormat, type MessageFormat } from '../../../src/formats/enterprise-data/message.ts';
import { readMessage } from '../../../src/formats/enterprise-data/read/message.ts';
import { createIdentity } from '../../../src/model/identity.ts';
import { importXdtoPackage } from '../../../src/schema/import-xdto.ts';
import { listProfiles, loadProfile, loadWrittenTypes } from '../../../src/schema/load.ts';
import type { Profile } from '../../../src/schema/profile.ts';
import type { XmlElement } from '../../../src/schema/read-elements.ts';
import { shipped } from '../../../src/support/root.ts';
import { NO_REFERENCE, REFERENCE } from '../../schema/reference.ts';

/** Versions in the box. */
export const VERSIONS = listProfiles('enterprise-data').map((version) =>
  loadProfile('enterprise-data', version),
);

/** Versions that are not in the box, imported on the spot; none where the reference is not there. */
export const IMPORTED: readonly Profile[] =
  NO_REFERENCE === undefined ? ['EnterpriseData_1_6_23.xdto.xml'].map(importPackage) : [];

function importPackage(file: string): Profile {
  const bytes = readFileSync(`${REFERENCE}xdto/${file}`);
  return importXdtoPackage(bytes, file, loadWrittenTypes('enterprise-data')).profile!;
}

export const HEADER = loadProfile('exchange-message', '3.1');

/** The configuration of a sample, for another version. */
export function configOf(version: string, bill: Config['onec']['bill'] = 'ЗаказКлиента'): Config {
  const { config } = loadConfig(shipped('samples/october-2026/bg1c.yaml'));
  return { ...config!, onec: { ...config!.onec, format: version, bill } };
}

export function formatOf(profile: Profile, bill?: Config['onec']['bill']): MessageFormat {
  const config = configOf(profile.version, bill);
  return createMessageFormat(config, config.organizations[0]!, '2026-10', createIdentity('test'), profile);
}

export async function* bytes(text: string, size = 64): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** The objects of a message. */
export async function objectsOf(text: string, size?: number): Promise<XmlElement[]> {
  const objects: XmlElement[] = [];
  for await (const part of readMessage(bytes(text, size))) if ('object' in part) objects.push(part.object);
  return objects;
}
