import { type Connection, one } from './database.ts';

/** Small facts about the journal itself. */
export type SettingName =
  /** `backup` in a copy made by `backup`; a live journal has none. */
  | 'origin'
  /** When a copy was put in the place of the journal, or it was found to be an old one; gone when it was reconciled with the exchange folder. */
  | 'restored-at'
  /** When that was last done: what was made before may have been sent by the journal that was lost. */
  | 'reconciled-at'
  /** The day of the last housekeeping. */
  | 'housekeeping';

export interface Settings {
  get(name: SettingName): string | undefined;
  set(name: SettingName, value: string): void;
  remove(name: SettingName): void;
}

export function createSettings(connection: Connection): Settings {
  const select = connection.prepare('SELECT value FROM setting WHERE name = ?');
  const upsert = connection.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const remove = connection.prepare('DELETE FROM setting WHERE name = ?');
  return {
    get: (name) => one<{ value: string }>(select, name)?.value,
    set: (name, value) => void upsert.run(name, value),
    remove: (name) => void remove.run(name),
  };
}
