import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type CompileDocArgs, NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { shipped } from '../../support/root.ts';
import type { FormData, ImageName } from './form-data.ts';

/** Sets forms; one is made for a run, for it keeps the fonts and what templates share. */
export interface FormPrinter {
  /** @throws TemplateError where a template refuses the data */
  print(data: FormData): Buffer;
}

/** A template does not compile: the customer's own, or ours where it is a defect. */
export class TemplateError extends Error {
  readonly template: string;
  constructor(template: string, message: string) {
    super(message);
    this.template = template;
  }
}

export interface PrinterSetting {
  /** Folder with the customer's own templates: they stand in for ours of the same name. */
  templates?: string | undefined;
  images: Partial<Record<ImageName, Buffer>>;
}

/** Templates that ship, to be copied and changed. */
export const TEMPLATES = shipped('schemas/print');

/** Not on the disk: a template reads what it is given and nothing else. */
const WORKSPACE = '/print';
/** Documents between two clean-ups of what the compiler remembers. */
const EVICT_EVERY = 10;
const EVICT_AGE = 2;

export function createFormPrinter({ templates, images }: PrinterSetting): FormPrinter {
  const files = new Map([...templateFiles(templates), ...Object.entries(images)]);
  const compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fonts() }] });
  for (const [name, bytes] of files) compiler.mapShadow(`${WORKSPACE}/${name}`, bytes);
  let printed = 0;
  return {
    print(data) {
      const main = { mainFilePath: `${WORKSPACE}/${data.form}.typ`, inputs: { data: JSON.stringify(data) } };
      if (++printed % EVICT_EVERY === 0) compiler.evictCache(EVICT_AGE);
      try {
        return compiler.pdf(main, { pdfTags: false });
      } catch {
        throw new TemplateError(`${data.form}.typ`, reasonOf(compiler, main));
      }
    },
  };
}

/** Ours, and the customer's in the place of those of the same name. */
function templateFiles(own: string | undefined): Map<string, Buffer> {
  const folders = own === undefined ? [TEMPLATES] : [TEMPLATES, own];
  return new Map(
    folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.typ'))
        .map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]),
    ),
  );
}

function fonts(): Buffer[] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf'),
    require.resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf'),
  ].map((path) => readFileSync(path));
}

/** «bill.typ: unknown variable: dta»; the compiler says it when it is asked once more. */
function reasonOf(compiler: NodeCompiler, main: CompileDocArgs): string {
  const error = compiler.compile(main).takeError();
  const found = (error ? compiler.fetchDiagnostics(error) : []) as {
    message?: string;
    path?: string;
    range?: string;
  }[];
  const reasons = found.map(({ message, path = '', range = '' }) =>
    [path.split('/').at(-1), range, message].filter(Boolean).join(': '),
  );
  return reasons.join('; ') || 'неизвестная ошибка';
}
