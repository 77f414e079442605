/** Work that is to be done at an instant or later, the earliest first. A key is in it once. */
export interface Queue<T> {
  put(key: string, at: Date, item: T): void;
  /** Takes out what is due. */
  take(now: Date): T | undefined;
  /** When the next one is due. */
  next(): Date | undefined;
  items(): T[];
}

export function createQueue<T>(): Queue<T> {
  const waiting = new Map<string, { at: Date; item: T }>();
  const earliest = (): [string, { at: Date; item: T }] | undefined => {
    let found: [string, { at: Date; item: T }] | undefined;
    for (const one of waiting) if (!found || one[1].at < found[1].at) found = one;
    return found;
  };
  return {
    put: (key, at, item) => void waiting.set(key, { at, item }),
    take(now) {
      const [key, first] = earliest() ?? [];
      if (key === undefined || first!.at > now) return undefined;
      waiting.delete(key);
      return first!.item;
    },
    next: () => earliest()?.[1].at,
    items: () => [...waiting.values()].map(({ item }) => item),
  };
}
