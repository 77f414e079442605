import { type MessagePort, parentPort, workerData } from 'node:worker_threads';

/** What a thread of a pool is told. */
interface Order<Task> {
  id: number;
  task: Task;
}

/** What it answers. */
export type Answer<Result> = { id: number; result: Result } | { id: number; error: ErrorText };

/** An error on its way between threads: copying one would lose the number of a system error. */
interface ErrorText {
  message: string;
  stack: string | undefined;
  fields: Record<string, unknown>;
}

/** A result with buffers that move to the asking thread instead of being copied. */
export class Moved<Result> {
  readonly result: Result;
  readonly buffers: readonly ArrayBuffer[];

  constructor(result: Result, buffers: readonly ArrayBuffer[]) {
    this.result = result;
    this.buffers = buffers;
  }
}

/**
 * Makes a module the body of a pool's threads (`openPool`): tasks are done one after another.
 * @param prepare what a thread needs before its first task; takes the pool's data and gives what does a task: its result,
 *   a promise of it, or one that is `Moved`
 */
export function serveTasks<Data, Task>(prepare: (data: Data) => (task: Task) => unknown): void {
  const port: MessagePort | null = parentPort;
  if (!port) throw new Error('this module runs in a thread of a pool');
  let perform: ReturnType<typeof prepare> | undefined;
  let before: Promise<void> = Promise.resolve();
  const answer = async ({ id, task }: Order<Task>): Promise<void> => {
    try {
      perform ??= prepare(workerData as Data);
      const done = await perform(task);
      if (done instanceof Moved) port.postMessage({ id, result: done.result }, [...done.buffers]);
      else port.postMessage({ id, result: done });
    } catch (error) {
      port.postMessage({ id, error: textOf(error) });
    }
  };
  port.on('message', (order: Order<Task>) => {
    before = before.then(() => answer(order));
  });
}

function textOf(error: unknown): ErrorText {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, fields: {} };
  const { code, errno, syscall, path } = error as NodeJS.ErrnoException;
  const fields = { name: error.name, code, errno, syscall, path };
  return {
    message: error.message,
    stack: error.stack,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  };
}

/** The error as it was thrown in the thread, its class aside. */
export function errorOf({ message, stack, fields }: ErrorText): Error {
  const error = Object.assign(new Error(message), fields);
  if (stack !== undefined) error.stack = stack;
  return error;
}
