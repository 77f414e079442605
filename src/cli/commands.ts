import type { Register } from './command.ts';

/**
 * Commands by name, in the order of the help. A call loads its own alone: together they bring in every channel and
 * database, half a second of each start.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import('./init.ts')).registerInit,
  build: async () => (await import('./build.ts')).registerBuild,
  check: async () => (await import('./check.ts')).registerCheck,
  explain: async () => (await import('./explain.ts')).registerExplain,
  diff: async () => (await import('./diff.ts')).registerDiff,
  preview: async () => (await import('./preview.ts')).registerPreview,
  export: async () => (await import('./export.ts')).registerExport,
  doctor: async () => (await import('./doctor.ts')).registerDoctor,
  schema: async () => (await import('./schema.ts')).registerSchema,
  epf: async () => (await import('./epf.ts')).registerEpf,
  upd: async () => (await import('./upd.ts')).registerUpd,
  print: async () => (await import('./print.ts')).registerPrint,
  watch: async () => (await import('./watch.ts')).registerWatch,
  receipt: async () => (await import('./receipt.ts')).registerReceipt,
  status: async () => (await import('./status.ts')).registerStatus,
  report: async () => (await import('./report.ts')).registerReport,
  mail: async () => (await import('./mail.ts')).registerMail,
  send: async () => (await import('./send.ts')).registerSend,
  resolve: async () => (await import('./resolve.ts')).registerResolve,
  rebuild: async () => (await import('./rebuild.ts')).registerRebuild,
  close: async () => (await import('./close.ts')).registerClose,
  purge: async () => (await import('./purge.ts')).registerPurge,
  restore: async () => (await import('./restore.ts')).registerRestore,
  bitrix24: async () => (await import('./bitrix24.ts')).registerBitrix24,
};
