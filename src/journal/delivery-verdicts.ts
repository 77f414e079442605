import type { DeliveryRow, RemoteRow, Verdict } from './delivery.ts';
import type { DeliveryStatus } from './states.ts';

/** What a verdict makes of a row. */
export function settled(
  row: Pick<DeliveryRow, 'attempts' | 'lookups' | 'externalId'>,
  verdict: Verdict,
): { to: DeliveryStatus; columns: Record<string, string | number | null> } {
  switch (verdict.is) {
    case 'sent':
      return {
        to: 'done',
        columns: {
          outcome: 'ok',
          external_id: verdict.externalId ?? row.externalId,
          failure: null,
          failure_code: null,
          ...remoteColumns(verdict.remote),
        },
      };
    case 'rejected':
      return {
        to: 'done',
        columns: {
          outcome: 'rejected',
          failure: 'rejected',
          failure_code: verdict.code,
          ...remoteColumns(verdict.remote),
        },
      };
    case 'later':
      return {
        to: 'waiting',
        columns: {
          outcome: null,
          attempts: verdict.counted ? row.attempts : Math.max(0, row.attempts - 1),
          lookups: 0,
          not_before: verdict.notBefore,
          failure: 'before',
          failure_code: verdict.code,
        },
      };
    case 'in-doubt':
      return {
        to: 'waiting',
        columns: {
          outcome: 'in-doubt',
          lookups: verdict.asked ? row.lookups + 1 : 0,
          not_before: verdict.notBefore,
          failure: 'unknown',
          failure_code: verdict.code,
        },
      };
    case 'given-up':
      return {
        to: 'dead',
        columns: {
          outcome: verdict.inDoubt ? 'in-doubt' : null,
          failure: verdict.inDoubt ? 'unknown' : 'before',
          failure_code: verdict.code,
        },
      };
  }
}

function remoteColumns(remote: RemoteRow | undefined): Record<string, string | null> {
  return remote ? { remote_state: remote.state, remote_code: remote.code, remote_name: remote.name } : {};
}
