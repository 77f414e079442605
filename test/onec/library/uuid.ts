import { BslException } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { newable } from './define.ts';

export interface UuidValue extends BslObject {
  /** Lower case. */
  readonly uuid: string;
}

export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

export const uuidType: ObjectType<UuidValue> = defineType<UuidValue>('УникальныйИдентификатор', {
  key: (self) => self.uuid,
  text: (self) => self.uuid,
  xml: (self) => self.uuid,
  filled: (self) => self.uuid !== ZERO_UUID,
  transfer: 'same',
  closed: true,
});

export function newUuid(text: string): UuidValue {
  if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text))
    throw new BslException('Неверный формат строки уникального идентификатора');
  return { type: uuidType, uuid: text.toLowerCase() };
}

export const uuids: Library = {
  constructors: [
    newable('УникальныйИдентификатор(Строка?)', (args, session) =>
      newUuid(args.has(0) ? args.text(0) : session.newUuid()),
    ),
  ],
  types: [{ name: 'УникальныйИдентификатор', fromXml: (text) => newUuid(text) }],
};
