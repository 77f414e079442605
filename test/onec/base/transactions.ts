import { BslException } from '../language/errors.ts';
import type { Store } from './store.ts';

/** НачатьТранзакцию … and the transaction that every write is by itself. */
export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  isActive(): boolean;
  /** Runs one write: all of it or nothing. A failure inside an open transaction breaks that, too. */
  write<T>(work: () => T): T;
  /** Any access to data of the base. @throws BslException in a transaction in which something failed already */
  touch(): void;
}

export function createTransactions(store: Store): Transactions {
  const open: (() => void)[] = [];
  let broken = false;
  const end = (): (() => void) => {
    const restore = open.pop();
    if (!restore) throw new BslException('Транзакция не активна');
    return restore;
  };
  const touch = (): void => {
    if (broken) throw new BslException('В данной транзакции уже происходили ошибки!');
  };
  return {
    begin() {
      open.push(store.snapshot());
    },
    commit() {
      touch();
      end();
    },
    rollback() {
      end()();
      // A nested transaction that was rolled back leaves the outer one unfit.
      broken = open.length > 0;
    },
    isActive: () => open.length > 0,
    write(work) {
      touch();
      const restore = store.snapshot();
      try {
        return work();
      } catch (error) {
        restore();
        if (open.length > 0) broken = true;
        throw error;
      }
    },
    touch,
  };
}
