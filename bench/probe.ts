import { readFileSync, writeFileSync } from 'node:fs';
import type { Usage } from './measure.ts';

/** Loaded into every measured process (`--import`): when it ends, what it has used goes into the file that it is told. */

const file = process.env.BENCH_USAGE;
if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(usage())));

function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    wall: performance.now() / 1000,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    peak: peakOf('/proc/self/status') ?? maxRSS * 1024,
  };
}

/** Linux starts `maxRSS` of a child at what its parent had; VmHWM is the process's own. */
function peakOf(status: string): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
