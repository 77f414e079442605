import { type Fault, fault } from '../faults/fault.ts';
import { shipped } from '../support/root.ts';
import { buildBinary } from './binary/binary.ts';
import { checkDescription } from './description/check.ts';
import { loadTemplate } from './description/load.ts';
import { inspectEpf } from './inspect.ts';
import { buildSources } from './xml/sources.ts';

export interface BuiltEpf {
  epf: Uint8Array;
  /** Configurator sources: path inside the folder, with `/` → bytes. */
  sources: Map<string, Uint8Array>;
}

/** Where the processing of this product is described. */
export const EPF_TEMPLATE = shipped('epf-template');

/**
 * Builds the external processing from `description.yaml` and the modules beside it, without 1C.
 * @param templateFolder usually {@link EPF_TEMPLATE}
 * @returns the file and the sources; with faults, nothing is built
 */
export function buildEpf(templateFolder: string): { built?: BuiltEpf; faults: Fault[] } {
  const { loaded, faults } = loadTemplate(templateFolder);
  if (!loaded) return { faults };
  const found = checkDescription(loaded);
  if (found.length > 0) return { faults: found };
  const epf = buildBinary(loaded);
  const problems = inspectEpf(epf);
  if (problems.length > 0) return { faults: problems.map((one) => fault('BG1C-EPF-OUTPUT', { ...one })) };
  return { built: { epf, sources: buildSources(loaded) }, faults: [] };
}
