import { uuidV5 } from '../../support/ids.ts';
import { functionOf, type UpdSetting, type UpdSource } from './source.ts';

const PREFIX = 'ON_NSCHFDOPPR';
/** No marking, no tracing, no special circumstances: what files for services end with. */
const TAIL = '0_0_0_0_0_00';

interface Taxpayer {
  inn?: string;
  kpp?: string;
  uuid: string;
}

/**
 * ИдФайл, which is also the name of the file (приказ ЕД-7-26/970@): receiver, sender, day, GUID. The GUID is that of the
 * document, its function and correction, so that a file made again bears the same one.
 */
export function fileIdOf(source: UpdSource, { sender, receiver, formed }: UpdSetting): string {
  const { document, organization, counterparty, correction } = source;
  const guid = uuidV5(`upd-file:${document.uuid}:${functionOf(document)}:${correction?.number ?? 0}`);
  const to = receiver?.(counterparty) ?? taxId(counterparty);
  const from = sender ?? taxId(organization);
  return [PREFIX, to, from, formed.date.replaceAll('-', ''), guid, TAIL].join('_');
}

/** Stands in for an id that the operator has not told: ИНН and КПП; a person without ИНН has none but our UUID. */
function taxId({ inn, kpp = '', uuid }: Taxpayer): string {
  return inn === undefined ? uuid : inn + kpp;
}
