/** Public API of the package: what the command line does, for programs. */
export { loadConfig } from './config/load.ts';
export type { Config } from './config/types.ts';
export type { Fault } from './faults/fault.ts';
export { openPackage } from './package/read.ts';
export { type BuildRequest, type BuildResult, build } from './pipeline/build/build.ts';
export { checkPackage } from './pipeline/check/check.ts';
export { explain } from './pipeline/check/explain.ts';
