/** The product waits five seconds for another program, at every call; in these tests it waits so long, ms. */
const PATIENCE = 50;

/**
 * For journals that another program holds, without the real wait:
 *
 *     vi.mock('libsql', async (original) => (await import('../support/impatient-database.ts')).impatient(original));
 */
export async function impatient(
  original: <T>() => Promise<T>,
): Promise<{ default: typeof import('libsql') }> {
  const { default: Database } = await original<{ default: typeof import('libsql') }>();
  class Impatient extends Database {
    constructor(path: string, options: object) {
      super(path, { ...options, timeout: PATIENCE });
    }
  }
  return { default: Impatient as unknown as typeof import('libsql') };
}
