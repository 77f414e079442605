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
  const named = option && resolve(io.cwd, option);
  const candidates = named
    ? [configIn(named)]
    : [io.cwd, ...(input ? [resolve(io.cwd, input), dirname(resolve(io.cwd, input))] : [])].map(configIn);
  return loadConfig(candidates.find((path) => existsSync(path)) ?? candidates[0]!);
}

function configIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, CONFIG_FILE) : path;
}
