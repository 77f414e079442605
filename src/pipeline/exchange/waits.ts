/** Looks between two tries of what had to wait: doubled from try to try up to this. */
const LONGEST = 64;

/** Things that failed and are tried again later, and later still. */
export interface Waits {
  due(subject: string): boolean;
  /** Puts it off. @returns for how many looks */
  later(subject: string): number;
  forget(subject: string): void;
  /** After each look: forgets what nobody asked for. */
  sweep(): void;
}

export function createWaits(): Waits {
  const waits = new Map<string, { left: number; next: number }>();
  let asked = new Set<string>();
  return {
    due(subject) {
      asked.add(subject);
      const wait = waits.get(subject);
      if (!wait || wait.left <= 0) return true;
      wait.left--;
      return false;
    },
    later(subject) {
      asked.add(subject);
      const looks = waits.get(subject)?.next ?? 1;
      waits.set(subject, { left: looks, next: Math.min(looks * 2, LONGEST) });
      return looks;
    },
    forget: (subject) => void waits.delete(subject),
    sweep() {
      for (const subject of waits.keys()) if (!asked.has(subject)) waits.delete(subject);
      asked = new Set();
    },
  };
}
