import type { StageResult } from '../measure.ts';

export interface Stage {
  title: string;
  /** A floor is the least that any program must do; naive is what one would write first. */
  kind: 'stage' | 'floor' | 'naive';
  /** What its speed is counted in. */
  unit: 'documents' | 'bytes';
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
} as const satisfies Record<string, Omit<Stage, 'against'> & { against?: string }>;

export type StageName = keyof typeof stages;

/** In the order they run: the packing stages read what `stage` has left. */
export const STAGES: Readonly<Record<StageName, Stage>> = stages;
export const STAGE_NAMES = Object.keys(stages) as StageName[];

/** What no build can do without; its cost is what the whole build is compared with. */
export const UNAVOIDABLE: readonly StageName[] = ['decode', 'template', 'lines', 'xsd', 'deflate'];
