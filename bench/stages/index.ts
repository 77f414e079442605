import type { StageResult } from '../measure.ts';

export interface Stage {
  title: string;
  /** A floor is the least that any program must do; naive is what one would write first. */
  kind: 'stage' | 'floor' | 'naive';
  /** What its speed is counted in. */
  unit: 'documents' | 'files' | 'bytes';
  /** Threads that share the work: its speed is that of so many cores which do nothing else. */
  threads?: number;
  /** The stage whose speed it is compared with. */
  against?: StageName;
  /** Seconds of the measured part; what the process did before is left out. */
  run: (folder: string) => Promise<StageResult>;
}

/** A process loads only what its stage needs, for libraries count in its peak. */
const decoding = () => import('./decode.ts');
const reading = () => import('./reading.ts');
const writing = () => import('./writing.ts');
const naive = () => import('./naive.ts');
const packing = () => import('./packing.ts');
const upd = () => import('./upd.ts');
const pdf = () => import('./pdf.ts');
const mail = () => import('./letters.ts');
const other = () => import('./xmllint.ts');

const stages = {
  decode: {
    title: 'read and decode',
    kind: 'floor',
    unit: 'bytes',
    run: async (folder) => (await decoding()).decode(folder),
  },
  rows: {
    title: 'rows of all tables',
    kind: 'stage',
    unit: 'bytes',
    against: 'decode',
    run: async (folder) => (await reading()).rows(folder),
  },
  join: {
    title: 'rows, joined by contract',
    kind: 'stage',
    unit: 'documents',
    run: async (folder) => (await reading()).joinTables(folder),
  },
  assemble: {
    title: 'assembly, all rules',
    kind: 'stage',
    unit: 'documents',
    run: async (folder) => (await writing()).assemble(folder),
  },
  template: {
    title: 'template by hand',
    kind: 'floor',
    unit: 'bytes',
    run: async (folder) => (await writing()).template(folder),
  },
  message: {
    title: 'message (compiled writer)',
    kind: 'stage',
    unit: 'bytes',
    against: 'template',
    run: async (folder) => (await writing()).message(folder),
  },
  fragment: {
    title: 'xmlbuilder2 fragment()',
    kind: 'naive',
    unit: 'bytes',
    against: 'message',
    run: async (folder) => (await naive()).fragment(folder),
  },
  builder: {
    title: 'fast-xml-parser builder',
    kind: 'naive',
    unit: 'bytes',
    against: 'message',
    run: async (folder) => (await naive()).builder(folder),
  },
  lines: {
    title: 'JSON lines',
    kind: 'floor',
    unit: 'bytes',
    run: async (folder) => (await writing()).lines(folder),
  },
  xsd: {
    title: 'schema check',
    kind: 'stage',
    unit: 'bytes',
    run: async (folder) => (await writing()).xsd(folder),
  },
  stage: {
    title: 'writing, all of it, to disk',
    kind: 'stage',
    unit: 'documents',
    run: async (folder) => (await writing()).stage(folder),
  },
  xmllint: {
    title: 'xmllint --stream',
    kind: 'floor',
    unit: 'bytes',
    against: 'xsd',
    run: async (folder) => (await other()).xmllint(folder),
  },
  write: {
    title: 'raw write of the bytes',
    kind: 'floor',
    unit: 'bytes',
    run: async (folder) => (await packing()).write(folder),
  },
  deflate: {
    title: 'deflate of the bytes',
    kind: 'floor',
    unit: 'bytes',
    run: async (folder) => (await packing()).deflate(folder),
  },
  zip: {
    title: 'zip with fingerprints',
    kind: 'stage',
    unit: 'bytes',
    against: 'deflate',
    run: async (folder) => (await packing()).zip(folder),
  },
  updPlain: {
    title: 'УПД, no schema check, 1 thread',
    kind: 'stage',
    unit: 'files',
    run: async (folder) => (await upd()).updFiles(folder, { threads: 1, checkSchema: false }),
  },
  updPlain2: {
    title: 'УПД, no schema check, 2 threads',
    kind: 'stage',
    unit: 'files',
    threads: 2,
    against: 'updPlain',
    run: async (folder) => (await upd()).updFiles(folder, { threads: 2, checkSchema: false }),
  },
  upd: {
    title: 'УПД, 1 thread',
    kind: 'stage',
    unit: 'files',
    run: async (folder) => (await upd()).updFiles(folder, { threads: 1, checkSchema: true }),
  },
  upd2: {
    title: 'УПД, 2 threads',
    kind: 'stage',
    unit: 'files',
    threads: 2,
    against: 'upd',
    run: async (folder) => (await upd()).updFiles(folder, { threads: 2, checkSchema: true }),
  },
  updZip: {
    title: 'УПД into a zip, 2 threads',
    kind: 'stage',
    unit: 'files',
    threads: 2,
    against: 'upd',
    run: async (folder) => (await upd()).updFiles(folder, { threads: 2, checkSchema: true, zip: true }),
  },
  pdf: {
    title: 'PDF of a bill with QR, 1 thread',
    kind: 'stage',
    unit: 'files',
    run: async (folder) => (await pdf()).bills(folder, 1),
  },
  pdf2: {
    title: 'PDF of a bill with QR, 2 threads',
    kind: 'stage',
    unit: 'files',
    threads: 2,
    against: 'pdf',
    run: async (folder) => (await pdf()).bills(folder, 2),
  },
  bareLetters: {
    title: 'ready letters over a bare socket',
    kind: 'floor',
    unit: 'files',
    run: async (folder) => (await mail()).bareLetters(folder),
  },
  letters: {
    title: 'letters with a PDF, written and sent',
    kind: 'stage',
    unit: 'files',
    against: 'bareLetters',
    run: async (folder) => (await mail()).letters(folder, false),
  },
  lettersSigned: {
    title: 'the same, signed (DKIM, RSA-2048)',
    kind: 'stage',
    unit: 'files',
    against: 'letters',
    run: async (folder) => (await mail()).letters(folder, true),
  },
} as const satisfies Record<string, Omit<Stage, 'against'> & { against?: string }>;

export type StageName = keyof typeof stages;

/** In the order they run: those behind `stage` read what it has left. */
export const STAGES: Readonly<Record<StageName, Stage>> = stages;
export const STAGE_NAMES = Object.keys(stages) as StageName[];

/** The stages to run for those that are asked for, in their order. */
export function stagesFor(wanted: readonly string[]): StageName[] {
  const readers = STAGE_NAMES.slice(STAGE_NAMES.indexOf('stage') + 1);
  const reads = readers.some((one) => wanted.includes(one));
  return STAGE_NAMES.filter((one) => wanted.includes(one) || (one === 'stage' && reads));
}

/** What no build can do without; its cost is what the whole build is compared with. */
export const UNAVOIDABLE: readonly StageName[] = ['decode', 'template', 'xsd', 'deflate'];
/** With what our package holds beside the message: whoever wants no `documents.jsonl` and `origins.jsonl` is spared it. */
export const WITH_LINES: readonly StageName[] = [...UNAVOIDABLE, 'lines'];
