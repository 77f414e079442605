import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { EPF_TEMPLATE } from '../../src/epf/build.ts';
import { type LoadedTemplate, loadTemplate } from '../../src/epf/description/load.ts';

/** A parsed `description.yaml`, loose on purpose: defects are seeded into it. */
// biome-ignore lint/suspicious/noExplicitAny: any shape can be seeded
export type Loose = any;

/** The real template, loaded. */
export function realTemplate(): LoadedTemplate {
  const { loaded, faults } = loadTemplate(EPF_TEMPLATE);
  if (!loaded) throw new Error(faults.map((one) => one.message).join('\n'));
  return loaded;
}

/** A copy of the real template with changes; `use` gets its folder, which is removed after. */
export function withTemplate<T>(
  change: { description?: (value: Loose) => void; file?: [name: string, edit: (text: string) => string] },
  use: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'epf-'));
  try {
    cpSync(EPF_TEMPLATE, folder, { recursive: true });
    const edit = (name: string, how: (text: string) => string): void => {
      const path = join(folder, name);
      writeFileSync(path, how(readFileSync(path, 'utf8')));
    };
    edit('description.yaml', (text) => {
      const value = parse(text);
      change.description?.(value);
      return stringify(value);
    });
    if (change.file) edit(...change.file);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The item of that name anywhere in a loose form. */
export function looseItem(form: Loose, name: string): Loose {
  const walk = (items: Loose[] = []): Loose =>
    items.reduce<Loose>(
      (found, item) => found ?? (item.name === name ? item : (walk(item.items) ?? walk(item.commandBar))),
      undefined,
    );
  const found = walk(form.items) ?? walk(form.commandBar);
  if (!found) throw new Error(`no item ${name}`);
  return found;
}
