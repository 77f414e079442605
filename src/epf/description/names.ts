import type { FaultValues } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';

/** Adds a finding about one place of the description. */
export type Report = (code: FaultCode, place: string, values: FaultValues) => void;

const IDENTIFIER = /^[A-Za-zА-Яа-яЁё_][A-Za-zА-Яа-яЁё0-9_]{0,79}$/;

/** Names are identifiers of 1C and differ; 1C does not tell «имя» from «ИМЯ». */
export function checkNames(place: string, named: readonly { name: string }[], report: Report): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (!IDENTIFIER.test(name))
      report('BG1C-EPF-DESCRIPTION', place, { problem: `«${name}» не годится как имя в 1С` });
    if (seen.has(name.toLowerCase())) report('BG1C-EPF-TWICE', place, { name });
    seen.add(name.toLowerCase());
  }
}
