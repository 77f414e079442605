import { threadId } from 'node:worker_threads';
import { Moved, serveTasks } from '../../src/support/worker.ts';

/** The body of the threads in pool.test.ts. */

export type TestTask =
  | { do: 'wait'; ms: number; value: number }
  | { do: 'fail' }
  | { do: 'exit' }
  | { do: 'add'; buffer: ArrayBuffer };

let prepared = 0;

serveTasks((data: { base: number }) => {
  prepared++;
  return async (task: TestTask) => {
    switch (task.do) {
      case 'wait':
        await new Promise((resolve) => setTimeout(resolve, task.ms));
        return { value: data.base + task.value, thread: threadId, prepared };
      case 'fail':
        throw Object.assign(new Error('на диске нет места'), {
          code: 'ENOSPC',
          syscall: 'write',
          path: '/x',
        });
      case 'exit':
        process.exit(3);
        break;
      case 'add': {
        const bytes = new Uint8Array(task.buffer);
        for (const [index, byte] of bytes.entries()) bytes[index] = byte + 1;
        return new Moved({ buffer: task.buffer }, [task.buffer]);
      }
    }
  };
});
