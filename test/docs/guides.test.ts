import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { shipped } from '../../src/support/root.ts';
import { bg1c } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';

/** What people are told to read, by path from the root. */
const GUIDES = [
  'README.md',
  'README.ru.md',
  'CHANGELOG.md',
  ...readdirSync(shipped('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'samples/README.md',
  'samples/october-2026/README.md',
];
const text = (guide: string): string => readFileSync(shipped(guide), 'utf8');
/** Without examples of code, in which brackets and arrows mean other things. */
const prose = (guide: string): string => text(guide).replace(/^ *```[\s\S]*?^ *```/gm, '');

/** The anchors of a page, as GitHub makes them of its headings. */
function anchors(guide: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of prose(guide).matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    let name = anchor;
    for (let n = 1; found.has(name); n++) name = `${anchor}-${n}`;
    found.add(name);
  }
  return found;
}

describe.each(GUIDES)('%s', (guide) => {
  it('links only to what is there', () => {
    const broken: string[] = [];
    for (const [, link] of prose(guide).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link!)) continue;
      const [path, anchor] = decodeURI(link!).split('#') as [string, string?];
      const target = path === '' ? guide : join(dirname(guide), path);
      if (!existsSync(shipped(target))) broken.push(link!);
      else if (anchor !== undefined && !anchors(target).has(anchor)) broken.push(link!);
    }
    expect(broken).toEqual([]);
  });

  it('names only files that are there', () => {
    const named = [
      ...prose(guide).matchAll(/`((?:src|test|tools|schemas|docs|bench|epf-template)\/[\w./-]+\.\w+)`/g),
    ];
    expect(named.map(([, path]) => path!).filter((path) => !existsSync(shipped(path)))).toEqual([]);
  });
});

it('every picture stands in a guide', () => {
  const shown = GUIDES.map(text).join('\n');
  expect(readdirSync(shipped('docs/img')).filter((name) => !shown.includes(`img/${name})`))).toEqual([]);
});

describe('the guides in Russian', () => {
  const guides = GUIDES.filter((guide) => guide.endsWith('.ru.md'))
    .map(text)
    .join('\n');

  it('speak of every command and of every key that is there', async () => {
    const missing: string[] = [];
    const look = async (...command: string[]): Promise<void> => {
      const { out } = await bg1c('.', ...command, '--help');
      const [, keys = '', commands = ''] = /Ключи:\n([\s\S]*?)(?:\n\nКоманды:\n([\s\S]*?))?(?:\n\n|$)/.exec(
        out,
      )!;
      for (const [, key] of keys.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm))
        if (!guides.includes(key!)) missing.push([...command, key].join(' '));
      for (const [, name] of commands.matchAll(/^ {2}(\w+)/gm)) {
        if (name === 'help') continue;
        const words = [...command, name!].join(' ');
        if (!guides.includes(words)) missing.push(words);
        await look(...command, name!);
      }
    };
    await look();
    expect(missing).toEqual([]);
  });
});

describe('settings that people copy', () => {
  const folder = temporaryFolders();
  const sample = parse(text('samples/october-2026/bg1c.yaml')) as Record<string, unknown>;
  /** What is wrong with settings, put upon those of a sample. */
  const faultsOf = (settings: object): string[] => {
    const file = join(folder(), 'bg1c.yaml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ ...sample, ...settings }));
    return loadConfig(file).faults.map(({ message }) => message);
  };
  const examples = GUIDES.flatMap((guide) =>
    [...text(guide).matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)].map(
      ([, indent, block]) => [guide, block!.replaceAll(new RegExp(`^${indent}`, 'gm'), '')] as const,
    ),
  ).filter(([, block]) => /^(channels|deliver|consent|organizations|onec|source):/m.test(block));

  it('are there', () => expect(examples.length).toBeGreaterThan(3));

  it.each(examples)('load: example %# of %s', (_, block) => {
    const settings = parse(block) as { organizations?: object[] };
    // Of an organisation an example shows what it is about, beside the sample's own requisites.
    const organizations = settings.organizations?.map((one) => ({
      ...(sample.organizations as object[])[0],
      ...one,
    }));
    expect(faultsOf({ ...settings, ...(organizations && { organizations }) })).toEqual([]);
  });

  it('load: what the template of bg1c init holds ready behind #', () => {
    const template = text('schemas/config.template.yaml');
    const ready = template.slice(template.indexOf('# deliver:'));
    const lines = ready.split('\n').filter((line) => /^#( {2,}[\w{]| [a-z]\w+:)/.test(line));
    const settings = parse(lines.map((line) => line.slice(2)).join('\n')) as { channels: object };
    expect(Object.keys(settings)).toEqual(['deliver', 'channels', 'consent']);
    expect(Object.keys(settings.channels).sort()).toEqual(['bitrix24', 'edoFolder', 'mail', 'sbis']);
    const infobase = { onec: { infobase: { id: '11111111-1111-4111-8111-111111111111', connection: [] } } };
    expect(faultsOf({ ...infobase, ...settings })).toEqual([]);
  });
});
