import { parseDate } from '../support/dates.ts';
import type { SignerConfig } from './types.ts';

const POWERS = [
  { key: 'mchd', authority: 3, name: 'машиночитаемая доверенность' },
  { key: 'paper', authority: 5, name: 'бумажная доверенность' },
] as const;

/** What no schema expresses of a signer: the power of attorney is the one that `authority` names; its date is a day. */
export function signerProblems(signer: SignerConfig): { path: string[]; reason: string }[] {
  return POWERS.flatMap(({ key, authority, name }) => {
    const power = signer[key];
    if (power === undefined && signer.authority === authority)
      return [{ path: ['authority'], reason: `при значении ${authority} нужна ${name} (signer.${key})` }];
    if (power === undefined) return [];
    if (signer.authority !== authority)
      return [{ path: [key], reason: `${name} указывается только при authority: ${authority}` }];
    const { issued } = power;
    return parseDate(issued) ? [] : [{ path: [key, 'issued'], reason: `«${issued}» — не дата` }];
  });
}
