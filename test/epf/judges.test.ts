import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEpf, EPF_TEMPLATE } from '../../src/epf/build.ts';
import { neededHandlers } from '../../src/epf/description/check-handlers.ts';
import type { Item } from '../../src/epf/description/description.ts';
import { moduleText } from '../../src/epf/description/load.ts';
import { parseBracket } from '../../src/epf/read/bracket.ts';
import { readContainer, readInnerFiles } from '../../src/epf/read/container.ts';
import { shipped } from '../../src/support/root.ts';
import { realTemplate } from './fixtures.ts';

/**
 * Programs of other people that judge what we build; `.ci/run` installs them into `.judges`. A judge that is not there
 * is named in the skipped test.
 */
const JUDGES = process.env.BG1C_JUDGES ?? shipped('.judges');
const V8UNPACK = join(JUDGES, 'bin', 'v8unpack');
const HBK = join(JUDGES, 'bin', 'onec-hbk-bsl');
const BSL_LANGUAGE_SERVER = join(JUDGES, 'bsl-language-server-exec.jar');
const missing = (path: string): string =>
  existsSync(path) ? '' : ` (SKIPPED: no ${path.slice(JUDGES.length + 1)})`;

let folder = '';
const { epf, sources } = buildEpf(EPF_TEMPLATE).built!;
const template = realTemplate();
const { description } = template;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'epf-judges-'));
  writeFileSync(join(folder, 'x.epf'), epf);
  for (const [path, bytes] of sources) {
    const target = join(folder, 'sources', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  // joined as 1C sees them: a method of one file is called from another
  mkdirSync(join(folder, 'modules'));
  writeFileSync(join(folder, 'modules/ObjectModule.bsl'), moduleText(template, description.module));
  writeFileSync(join(folder, 'modules/FormModule.bsl'), moduleText(template, description.forms[0]!.module));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: string[]): string =>
  execFileSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });

describe.skipIf(!existsSync(V8UNPACK))(`v8unpack${missing(V8UNPACK)}`, () => {
  test('unpacks the file and names what is in it', { timeout: 120_000 }, () => {
    run(V8UNPACK, ['-E', 'x.epf', 'unpacked']);
    const elements = JSON.parse(readFileSync(join(folder, 'unpacked/Form/Форма/Form.elem.json'), 'utf8'));
    const form = description.forms[0]!;
    const names = (list: readonly { name: string }[]): string[] => list.map((one) => one.name);
    expect(names(elements.props)).toEqual(names(form.attributes));
    expect(names(elements.commands)).toEqual(names(form.commands));
    expect(treeNames(elements.tree)).toEqual(names(form.items.flatMap(withChildren)));
    const module = readFileSync(join(folder, 'unpacked/ExternalDataProcessor.obj.bsl'), 'utf8');
    expect(module).toContain('СведенияОВнешнейОбработке');
  });

  test('builds from that a file with the same records', { timeout: 120_000 }, () => {
    run(V8UNPACK, ['-E', 'x.epf', 'again']);
    run(V8UNPACK, ['-B', 'again', 'rebuilt.epf']);
    const ours = readInnerFiles(epf);
    const theirs = readInnerFiles(readFileSync(join(folder, 'rebuilt.epf')));
    expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
    for (const [name, bytes] of ours)
      if (name !== 'versions') expect(meaning(theirs.get(name)!), name).toEqual(meaning(bytes));
  });
});

interface Tree {
  name: string;
  child?: Tree[];
}

function treeNames(tree: readonly Tree[]): string[] {
  return tree.flatMap((node) => [node.name, ...treeNames(node.child ?? [])]);
}

/** An item and what is inside; the own command bar of a table is no item for v8unpack. */
function withChildren(item: Item): Item[] {
  return 'items' in item ? [item, ...item.items.flatMap(withChildren)] : [item];
}

/** Records or texts of an inner file, blind to line ends. */
function meaning(bytes: Buffer): unknown {
  const lines = (text: string): string =>
    text
      .replace(/\r+\n/g, '\n')
      .replace(/^\uFEFF/, '')
      .trimEnd();
  if (bytes.subarray(0, 4).toString('hex') === 'ffffff7f')
    return [...readContainer(bytes)].map(([name, data]) => [name, lines(data.toString('utf8'))]);
  const text = lines(bytes.toString('utf8'));
  return text.startsWith('{') ? parseBracket(text) : text;
}

interface Finding {
  rule: string;
  severity: string;
  message: string;
  line: number;
}

/**
 * The linters see a module without its form: an attribute looks like a variable that nobody reads, a handler like a
 * method that nobody calls. Both are known here, so just these findings are taken out.
 */
function withoutForm(findings: readonly Finding[]): Finding[] {
  const form = description.forms[0]!;
  const attributes = new Set(form.attributes.map((attribute) => attribute.name));
  const handlers = new Set(neededHandlers(form).map((need) => need.handler));
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return findings.filter(
    ({ rule, message }) =>
      !(rule === 'UnusedLocalVariable' && words(message).some((word) => attributes.has(word))) &&
      !(rule === 'UnusedLocalMethod' && words(message).some((word) => handlers.has(word))),
  );
}

describe.skipIf(!existsSync(BSL_LANGUAGE_SERVER))(
  `bsl-language-server${missing(BSL_LANGUAGE_SERVER)}`,
  () => {
    test('finds nothing of severity major or above', { timeout: 300_000 }, () => {
      run('java', [
        '-jar',
        BSL_LANGUAGE_SERVER,
        'analyze',
        '--silent',
        ...['--srcDir', 'sources', '--outputDir', '.', '--reporter', 'generic'],
      ]);
      const report = JSON.parse(readFileSync(join(folder, 'bsl-generic-json.json'), 'utf8')) as {
        issues: {
          ruleId: string;
          severity: string;
          primaryLocation: { message: string; textRange: { startLine: number } };
        }[];
      };
      const findings = report.issues.map(({ ruleId, severity, primaryLocation }) => ({
        rule: ruleId,
        severity,
        message: primaryLocation.message,
        line: primaryLocation.textRange.startLine,
      }));
      const grave = findings.filter(({ severity }) => ['BLOCKER', 'CRITICAL', 'MAJOR'].includes(severity));
      expect(withoutForm(grave)).toEqual([]);
    });
  },
);

describe.skipIf(!existsSync(HBK))(`onec-hbk-bsl${missing(HBK)}`, () => {
  test('finds no errors and no warnings', { timeout: 300_000 }, () => {
    const found = JSON.parse(run(HBK, ['check', 'modules', '--format', 'json', '--exit-zero'])) as {
      rule_name: string;
      severity: string;
      message: string;
      line: number;
    }[];
    const findings = found.map(({ rule_name, ...rest }) => ({ rule: rule_name, ...rest }));
    const grave = findings.filter(({ severity }) => ['ERROR', 'WARNING'].includes(severity));
    expect(withoutForm(grave)).toEqual([]);
  });
});
