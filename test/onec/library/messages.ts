import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import { textOf } from '../language/presentation.ts';
import type { Library, UserMessage } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newFixedArray } from './array.ts';
import { fn, newable, update } from './define.ts';

interface MessageObject extends BslObject {
  readonly message: UserMessage;
  key: Value;
}

const messageType: ObjectType<MessageObject> = defineType<MessageObject>('СообщениеПользователю', {
  properties: {
    Текст: {
      get: ({ message }) => message.text,
      set: ({ message }, value) => update(message, { text: String(value) }),
    },
    Поле: {
      get: ({ message }) => message.field,
      set: ({ message }, value) => update(message, { field: String(value) }),
    },
    ПутьКДанным: {
      get: ({ message }) => message.dataPath,
      set: ({ message }, value) => update(message, { dataPath: String(value) }),
    },
    КлючДанных: { get: (self) => self.key, set: (self, value) => update(self, { key: value }) },
  },
  methods: {
    'Сообщить()': ({ message }, _, session) => void session.messages.push({ ...message }),
  },
});

/** Messages wait for the user until ПолучитьСообщенияПользователю takes them away. */
export const userMessages: Library = {
  functions: [
    fn(
      'Сообщить(Текст, Статус?)',
      (args, session) =>
        void session.messages.push({ text: textOf(args.value(0), session), field: '', dataPath: '' }),
    ),
    fn(
      'ПолучитьСообщенияПользователю(УдалятьПолученные?)',
      (args, session) => {
        const messages = session.messages.map(
          (message): MessageObject => ({ type: messageType, message, key: UNDEFINED }),
        );
        if (args.boolean(0, false)) session.messages.splice(0);
        return newFixedArray(messages);
      },
      'server',
    ),
  ],
  constructors: [
    newable(
      'СообщениеПользователю()',
      (): MessageObject => ({
        type: messageType,
        message: { text: '', field: '', dataPath: '' },
        key: UNDEFINED,
      }),
    ),
  ],
};
