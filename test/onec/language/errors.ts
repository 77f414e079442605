/** Where a module was when something went wrong. */
export interface Place {
  module: string;
  line: number;
}

/** An error that 1C raises at run time: `Попытка` of a module catches it. */
export class BslException extends Error {
  place: Place | undefined;
  /** The error that led to this one («по причине»). */
  readonly reason: BslException | undefined;

  constructor(description: string, reason?: BslException) {
    super(description);
    this.name = 'BslException';
    this.reason = reason;
  }
}

/**
 * Something that the model does not know. No `Попытка` catches it: a test must not pass because of an answer that
 * 1C would not have given.
 */
export class Unsupported extends Error {
  place: Place | undefined;

  constructor(what: string) {
    super(what);
    this.name = 'Unsupported';
  }
}

/** A module that 1C would not compile. */
export class BslSyntaxError extends Error {
  readonly place: Place;

  constructor(place: Place, problem: string) {
    super(`{${place.module}(${place.line})}: ${problem}`);
    this.name = 'BslSyntaxError';
    this.place = place;
  }
}

/** Notes where an error arose, once: the innermost statement wins. */
export function locate(error: unknown, place: Place): void {
  if (error instanceof BslException) error.place ??= place;
  else if (error instanceof Unsupported && error.place === undefined) {
    error.place = place;
    error.message = `{${place.module}(${place.line})}: ${error.message}`;
  }
}
