import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Answer, errorOf } from './worker.ts';

/**
 * Warm threads for work that comes in many pieces. A thread is started when there is a task for it and lives until the
 * pool is closed; each has its own copy of what it prepared (a compiled schema, fonts).
 */
export interface Pool<Task, Result> {
  /**
   * Does one task. Tasks are begun in the order they come.
   * @param transfer buffers that move to the thread instead of being copied
   * @throws what the task threw; an error of the pool where a thread stopped by itself
   */
  run(task: Task, transfer?: readonly ArrayBuffer[]): Promise<Result>;
  /**
   * Does the tasks and gives their results in the order of the tasks. Never more of them are taken than the threads can
   * begin soon, so neither tasks nor results pile up, however slowly results are asked for.
   * @param signal ends it between two results, with the signal's reason
   */
  map(tasks: Iterable<Task> | AsyncIterable<Task>, signal?: AbortSignal): AsyncGenerator<Result>;
  /** Stops the threads; tasks that are not done are given up. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** The module of the threads: it calls `serveTasks`. */
  module: URL;
  /** For the module's preparation; copied to each thread. */
  data?: unknown;
  /** Threads at most; one for each core by default. */
  size?: number | undefined;
}

/** A thread that has done its task finds the next one waiting. */
const TASKS_PER_THREAD = 2;

/** Cores that this process may use. */
export function coreCount(): number {
  return availableParallelism();
}

/** A module beside the one that asks, in the sources and as shipped alike. @param name without extension */
export function moduleBeside(asking: string, name: string): URL {
  return new URL(name + (isSource(asking) ? '.ts' : '.js'), asking);
}

interface Thread {
  worker: Worker;
  /** Tasks given to it and not answered. */
  load: number;
}

interface Waiting<Task, Result> {
  task: Task;
  transfer: readonly ArrayBuffer[];
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export function openPool<Task, Result>({
  module,
  data,
  size = coreCount(),
}: PoolOptions): Pool<Task, Result> {
  const threads: Thread[] = [];
  const queue: Waiting<Task, Result>[] = [];
  const running = new Map<number, Waiting<Task, Result>>();
  let tasks = 0;
  let stopped: Error | undefined;

  const stop = (error: Error): void => {
    stopped ??= error;
    for (const one of [...running.values(), ...queue.splice(0)]) one.reject(stopped);
    running.clear();
  };
  const start = (): Thread => {
    const worker = new Worker(entryOf(module), { workerData: data });
    const thread: Thread = { worker, load: 0 };
    worker.on('message', (answer: Answer<Result>) => {
      thread.load--;
      const one = running.get(answer.id);
      running.delete(answer.id);
      if ('error' in answer) one?.reject(errorOf(answer.error));
      else one?.resolve(answer.result);
      give();
    });
    worker.on('error', (error) => stop(error));
    worker.on('exit', (code) => stop(new Error(`a thread of ${module.pathname} ended with code ${code}`)));
    threads.push(thread);
    return thread;
  };
  const free = (): Thread | undefined => {
    const least = threads.reduce<Thread | undefined>(
      (found, one) => (found && found.load <= one.load ? found : one),
      undefined,
    );
    if ((!least || least.load > 0) && threads.length < size) return start();
    return least && least.load < TASKS_PER_THREAD ? least : undefined;
  };
  const give = (): void => {
    while (queue.length > 0) {
      const thread = free();
      if (!thread) return;
      const one = queue.shift()!;
      const id = tasks++;
      running.set(id, one);
      thread.load++;
      thread.worker.postMessage({ id, task: one.task }, one.transfer);
    }
  };
  const run: Pool<Task, Result>['run'] = (task, transfer = []) =>
    stopped
      ? Promise.reject(stopped)
      : new Promise((resolve, reject) => {
          queue.push({ task, transfer, resolve, reject });
          give();
        });
  return {
    run,
    async *map(all, signal) {
      const begun: Promise<Result>[] = [];
      for await (const task of all) {
        const result = run(task);
        result.catch(() => {}); // it is asked for later, in its turn
        begun.push(result);
        if (begun.length < size * TASKS_PER_THREAD) continue;
        signal?.throwIfAborted();
        yield await begun.shift()!;
      }
      for (const result of begun) {
        signal?.throwIfAborted();
        yield await result;
      }
    },
    async close() {
      stop(new Error('the pool is closed'));
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function isSource(url: string): boolean {
  return new URL(url).pathname.endsWith('.ts');
}

/** Node 20 reads no TypeScript: in a checkout a thread begins with a loader. */
function entryOf(module: URL): URL {
  if (!isSource(module.href)) return module;
  const loader = import.meta.resolve('tsx/esm/api');
  const text = `import { register } from '${loader}'; register(); await import('${module}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}
