import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { shipped } from '../../src/support/root.ts';
import { run } from './run.ts';

export interface Tarball {
  file: string;
  /** Paths inside, without `package/`. */
  entries: string[];
}

/** What the product reads at run time, and what people are told to read. */
const WANTED = [
  'package.json',
  'README.md',
  'README.ru.md',
  'CHANGELOG.md',
  'dist/cli/main.js',
  'dist/index.js',
  'dist/index.d.ts',
  'dist/build.json',
  'schemas/config.schema.json',
  'schemas/config.template.yaml',
  'schemas/enterprise-data/1.20.json',
  'epf-template/description.yaml',
  'samples/october-2026/demo.yaml',
  'samples/october-2026/in/clients.csv',
  'docs/licences.md',
];
/** What has no business with a customer. */
const UNWANTED = [
  /^(src|test|tools|bench|node_modules)\//,
  /\.map$/,
  /\.tmp$/,
  /^samples\/bad\//,
  /\/\.bg1c\//,
];

/** Makes the tarball as `npm publish` would. */
export async function pack(folder: string): Promise<Tarball> {
  const [packed] = JSON.parse(
    await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], shipped('.')),
  ) as [{ filename: string; files: { path: string }[] }];
  return { file: join(folder, packed.filename), entries: packed.files.map(({ path }) => path) };
}

/** Entries that are missing or superfluous, and entry points that do not lead anywhere. */
export async function packedProblems({ entries }: Tarball): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: shipped('.'), strict: true });
  return [
    ...WANTED.filter((path) => !entries.includes(path)).map((path) => `not in the tarball: ${path}`),
    ...entries
      .filter((path) => UNWANTED.some((pattern) => pattern.test(path)))
      .map((path) => `in the tarball: ${path}`),
    ...messages.map((message) => `publint: ${formatMessage(message, pkg)}`),
  ];
}
