import type { Value } from '../language/values.ts';

/** A line of the registration log. */
export interface LogEntry {
  event: string;
  /** Of УровеньЖурналаРегистрации. */
  level: string;
  comment: string;
  data?: Value;
}

export type EventLog = LogEntry[];
