import { resolve } from 'node:path';
import { parseDate } from '../support/dates.ts';
import type { Config, PrintConfig } from './types.ts';

const PICTURES = ['logo', 'stamp', 'headSignature', 'accountantSignature'] as const;

/** The same with absolute paths. */
export function resolvePrint(
  { templates, organizations, ...rest }: PrintConfig,
  folder: string,
): PrintConfig {
  const absolute = (path: string | undefined): string | undefined => path && resolve(folder, path);
  return {
    ...rest,
    templates: absolute(templates),
    organizations: Object.fromEntries(
      Object.entries(organizations).map(([code, one]) => [
        code,
        { ...one, ...Object.fromEntries(PICTURES.map((name) => [name, absolute(one[name])])) },
      ]),
    ),
  };
}

/** What no schema expresses: the organisation exists, a date is a day. */
export function printProblems({ print, organizations }: Config): { path: string[]; reason: string }[] {
  return Object.entries(print.organizations).flatMap(([code, { registered }]) => {
    if (!organizations.some((one) => one.code === code))
      return [{ path: ['print', 'organizations', code], reason: `нет организации с кодом «${code}»` }];
    const wrong = registered !== undefined && !parseDate(registered);
    return wrong
      ? [{ path: ['print', 'organizations', code, 'registered'], reason: `«${registered}» — не дата` }]
      : [];
  });
}
