import { BslException } from '../language/errors.ts';
import type { Library } from '../language/session.ts';
import { transfer } from '../language/transfer.ts';
import { UNDEFINED } from '../language/values.ts';
import { fn } from './define.ts';

const PREFIX = 'e1cib/tempstorage/';

/** What is put there is a copy; what is taken out, too. */
export const temporaryStorage: Library = {
  functions: [
    fn('ПоместитьВоВременноеХранилище(Данные, Адрес?)', (args, session) => {
      const given = args.optional(1);
      const address =
        typeof given === 'string' && given.startsWith(PREFIX) ? given : PREFIX + session.newUuid();
      const value = args.value(0);
      // On the server tables of values go in as they are; from the client only what can travel.
      session.storage.set(address, session.side === 'client' ? transfer(value) : value);
      return address;
    }),
    fn('ПолучитьИзВременногоХранилища(Адрес)', (args, session) => {
      const address = args.text(0);
      if (!address.startsWith(PREFIX)) throw new BslException('Неверный адрес временного хранилища');
      const value = session.storage.get(address) ?? UNDEFINED;
      return session.side === 'client' ? transfer(value) : value;
    }),
    fn('УдалитьИзВременногоХранилища(Адрес)', (args, session) => void session.storage.delete(args.text(0))),
    fn('ЭтоАдресВременногоХранилища(Адрес)', (args) => args.text(0).startsWith(PREFIX)),
  ],
};
