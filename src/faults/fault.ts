import type { FaultCode } from './registry.ts';
import { FAULTS } from './registry.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** Where in the source a value was read. `column` counts fields from 1; `key` is the column's name. */
export interface SourcePlace {
  file: string;
  line?: number;
  column?: number;
  key?: string;
}

/** Where in a message a value stands. */
export interface TargetPlace {
  file: string;
  xpath: string;
}

/** A finding (замечание). The text carries the actual values; `remedy` says what to do. */
export interface Fault {
  code: FaultCode;
  severity: Severity;
  message: string;
  remedy: string;
  /** Every place of this finding: `documents.csv:7 summ`. */
  paths: string[];
  /** How many places there were; `paths` keeps the first ones. */
  count: number;
  source?: SourcePlace;
  target?: TargetPlace;
}

export type FaultValues = Readonly<Record<string, string | number>>;

export interface FaultWhere {
  source?: SourcePlace | undefined;
  target?: TargetPlace | undefined;
  /** A place that is neither: `bg1c.yaml organizations[0].inn`. */
  path?: string | undefined;
}

/**
 * Makes a fault of the registry.
 * @param values what the placeholders of the text stand for; a missing one is a defect and throws
 */
export function fault(code: FaultCode, values: FaultValues = {}, where: FaultWhere = {}): Fault {
  const entry = FAULTS[code];
  const path = where.path ?? (where.source ? sourcePath(where.source) : where.target?.xpath);
  return {
    code,
    severity: entry.severity,
    message: fill(entry.message, values),
    remedy: fill(entry.remedy, values),
    paths: path === undefined ? [] : [path],
    count: 1,
    ...(where.source && { source: where.source }),
    ...(where.target && { target: where.target }),
  };
}

/** `documents.csv:7:10 summ` */
export function sourcePath(place: SourcePlace): string {
  const position = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  return place.key === undefined ? position : `${position} ${place.key}`;
}

/** A place of a finding as people say it: «documents.csv, строка 7, столбец 14 (summ)»; other places as they are. */
export function placeText(path: string): string {
  const [, file, line, column, key] = /^(.+?):(\d+)(?::(\d+))?(?: (.*))?$/s.exec(path) ?? [];
  if (file === undefined) return path;
  const named = column !== undefined && key ? `${column} (${key})` : (column ?? key);
  return `${file}, строка ${line}${named ? `, столбец ${named}` : ''}`;
}

function fill(template: string, values: FaultValues): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`fault text wants {${name}}`);
    return String(value);
  });
}

/** True where nothing may be written: what all documents share, or the call itself, is wrong. */
export function stopsBuild(found: Fault): boolean {
  return found.severity === 'error' && FAULTS[found.code].scope !== 'document';
}
