import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIG_FILE, loadConfig } from '../config/load.ts';
import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import type { Io } from './io.ts';

/**
 * The configuration of a command: `--config`, else `bg1c.yaml` of the current folder, else the one that lies beside the
 * export (every sample has its own).
 */
export function commandConfig(
  io: Io,
  option: string | undefined,
  input?: string,
): { config?: Config; faults: Fault[] } {
  return loadConfig(configPath(io, option, input));
}

/** Folder of the configuration, which need not be there: the customer's own profiles lie in it. */
export function configFolder(io: Io, option: string | undefined, input?: string): string {
  return dirname(configPath(io, option, input));
}

function configPath(io: Io, option: string | undefined, input: string | undefined): string {
  if (option) {
    const named = resolve(io.cwd, option);
    return statSync(named, { throwIfNoEntry: false })?.isDirectory() ? join(named, CONFIG_FILE) : named;
  }
  const folders = [io.cwd, ...(input ? [resolve(io.cwd, input), dirname(resolve(io.cwd, input))] : [])];
  const candidates = folders.map((folder) => join(folder, CONFIG_FILE));
  return candidates.find((path) => existsSync(path)) ?? candidates[0]!;
}
