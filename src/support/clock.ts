/** Wall clock, injected wherever time is read, so that tests and rebuilds are exact. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
