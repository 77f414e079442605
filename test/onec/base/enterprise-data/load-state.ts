import type { Profile } from '../../../../src/schema/profile.ts';
import type { Session } from '../../language/session.ts';
import type { Base } from '../base.ts';
import type { Reference } from '../reference.ts';

/** One load of a message without a node. */
export interface LoadState {
  readonly base: Base;
  readonly session: Session;
  /** What the format says about its types. */
  readonly schema: Profile;
  /** Objects that were made of key properties alone, by reference key. */
  readonly stubs: Map<string, Reference>;
  /** Objects that came in full. */
  readonly loaded: Reference[];
  /** Documents that were posted before the load: they are posted again at its end. */
  readonly repost: Map<string, Reference>;
  readonly deletions: Reference[];
  /** Errors of single objects; with one of them deletions, filling and posting do not happen. */
  readonly errors: string[];
}

export function referenceKey({ meta, uuid }: Reference): string {
  return `${meta.kind}.${meta.name}:${uuid}`;
}
