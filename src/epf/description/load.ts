import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Description } from './description.ts';
import { checkShape } from './shape.ts';

export const DESCRIPTION_FILE = 'description.yaml';

/** A description with the texts of the files that it names. */
export interface LoadedTemplate {
  description: Description;
  /** File name inside the folder → its text, LF line ends, no BOM. */
  texts: Map<string, string>;
}

/**
 * Reads `description.yaml` of a folder and every file that it names.
 * @returns nothing where a file cannot be read or the shape is wrong; the faults then say what
 */
export function loadTemplate(folder: string): { loaded?: LoadedTemplate; faults: Fault[] } {
  const faults: Fault[] = [];
  const texts = new Map<string, string>();
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(join(folder, file), 'utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r\n?/g, '\n');
    } catch (error) {
      faults.push(unreadable(file, error));
      return undefined;
    }
  };
  const yaml = read(DESCRIPTION_FILE);
  if (yaml === undefined) return { faults };
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (error) {
    return { faults: [unreadable(DESCRIPTION_FILE, error)] };
  }
  const problems = checkShape(value);
  if (problems.length > 0)
    return { faults: problems.map((one) => fault('BG1C-EPF-DESCRIPTION', { ...one })) };
  const description = value as Description;
  for (const file of filesOf(description)) {
    const text = read(file);
    if (text !== undefined) texts.set(file, text);
  }
  return faults.length > 0 ? { faults } : { loaded: { description, texts }, faults };
}

/** The text of a module: its files one after another. */
export function moduleText(loaded: LoadedTemplate, files: readonly string[]): string {
  return files
    .map((file) => loaded.texts.get(file)!.trimEnd())
    .join('\n\n')
    .concat('\n');
}

function filesOf(description: Description): Set<string> {
  return new Set([
    ...description.module,
    ...description.forms.flatMap((form) => form.module),
    ...description.templates.map((template) => template.file),
  ]);
}

function unreadable(file: string, error: unknown): Fault {
  return fault('BG1C-EPF-READ', { file, reason: error instanceof Error ? error.message : String(error) });
}
