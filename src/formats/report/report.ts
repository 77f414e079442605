import type { Kopecks } from '../../model/money.ts';
import type { Period } from '../../model/period.ts';
import type { DocumentKind } from '../../model/types.ts';

/** A month from the billing to the buyer, as the manager and the accountant read it. Sums in kopecks. */
export interface MonthReport {
  period: Period;
  /** Names of the organisations. */
  organizations: string[];
  /** ISO instant. */
  made: string;
  /** The month's progress: each step is a part of the first. */
  steps: ReportStep[];
  kinds: KindSummary[];
  channels: ChannelSummary[];
  /** What needs a person, the most urgent first. */
  tasks: ReportTask[];
  /** Contracts whose accruals and documents differ. */
  differences: { contract: string; accrued: Kopecks; documents: Kopecks }[];
  documents: ReportDocument[];
}

export interface ReportStep {
  title: string;
  count: number;
  /** Of acts and УПД. */
  sum: Kopecks;
}

export interface KindSummary {
  kind: DocumentKind;
  count: number;
  sum: Kopecks;
  booked: number;
  bookedSum: Kopecks;
  delivered: number;
}

export interface ChannelSummary {
  title: string;
  delivered: number;
  /** The buyer signed it. */
  signed: number;
  waiting: number;
  doubtful: number;
  refused: number;
}

/** One thing to do, and for which documents. */
export interface ReportTask {
  urgency: 'error' | 'warning' | 'notice';
  title: string;
  /** What to click or to type. */
  action: string;
  documents: string[];
}

/** How far a thing is, in one word for its colour. */
export type Tone = 'fine' | 'waiting' | 'trouble';

export interface ReportDocument {
  kind: DocumentKind;
  number: string;
  date: string;
  /** Empty where the file of the package is not there any more. */
  buyer: string;
  inn: string;
  account: string;
  sum: Kopecks;
  vat: Kopecks;
  booked: { text: string; tone: Tone };
  deliveries: { channel: string; text: string; tone: Tone }[];
}
