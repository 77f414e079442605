import { BslException, Unsupported } from '../language/errors.ts';
import { isObjectOf } from '../language/object-type.ts';
import { textOf } from '../language/presentation.ts';
import type { Library } from '../language/session.ts';
import { binaryDataType, newBinary } from '../library/binary.ts';
import { fn, systemEnum } from '../library/define.ts';
import { nextAnswer, notify, userInterface } from '../library/notification.ts';

const codes = systemEnum('КодВозвратаДиалога', ['Да', 'Нет', 'ОК', 'Отмена', 'Таймаут']);
const modes = systemEnum('РежимДиалогаВопрос', ['ДаНет', 'ДаНетОтмена', 'ОК', 'ОКОтмена']);

/** Answers that each question allows. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ДаНет: ['Да', 'Нет'],
  ДаНетОтмена: ['Да', 'Нет', 'Отмена'],
  ОК: ['ОК'],
  ОКОтмена: ['ОК', 'Отмена'],
};

/** What a module of a form does with windows and files of the client. */
export const clientLibrary: Library = {
  functions: [
    fn(
      'ПоказатьПредупреждение(Оповещение?, Текст, Таймаут?, Заголовок?)',
      (args, session) => {
        userInterface(session).warnings.push(textOf(args.value(1), session));
        notify(session, args.optional(0));
        return undefined;
      },
      'client',
    ),
    fn(
      'ПоказатьВопрос(Оповещение, Текст, Кнопки, Таймаут?, КнопкаПоУмолчанию?, Заголовок?)',
      (args, session) => {
        const ui = userInterface(session);
        const text = textOf(args.value(1), session);
        ui.questions.push(text);
        const answer = nextAnswer(ui, text);
        const allowed = ALLOWED[modes.nameOf(args.value(2)) ?? ''] ?? [];
        if (typeof answer !== 'string' || !allowed.includes(answer))
          throw new Unsupported(`ответа «${answer}» у вопроса нет`);
        notify(session, args.value(0), codes.members[answer as 'Да']);
        return undefined;
      },
      'client',
    ),
    fn(
      'ПоказатьЗначение(Оповещение?, Значение)',
      (args, session) => void userInterface(session).opened.push(args.value(1)),
      'client',
    ),
    fn('Состояние(Текст?, Прогресс?, Пояснение?)', () => undefined, 'client'),
    fn(
      'НачатьПомещениеФайла(Оповещение, Адрес?, ВыбираемыйФайл?, Интерактивно?, УникальныйИдентификаторФормы?)',
      (args, session) => {
        const { picked } = userInterface(session);
        if (!picked) {
          notify(session, args.value(0), false, '', '');
          return undefined;
        }
        const address = `e1cib/tempstorage/${session.newUuid()}`;
        session.storage.set(address, newBinary(picked.bytes));
        notify(session, args.value(0), true, address, picked.name);
        return undefined;
      },
      'client',
    ),
    fn(
      'ПолучитьФайл(Адрес, ИмяФайла?, Интерактивно?)',
      (args, session) => {
        const data = session.storage.get(args.text(0));
        if (data === undefined || !isObjectOf(data, binaryDataType))
          throw new BslException('Файл по адресу не найден');
        userInterface(session).saved.push({ name: args.text(1, ''), data });
        return undefined;
      },
      'client',
    ),
    fn(
      'ВыполнитьОбработкуОповещения(Оповещение, Результат?)',
      (args, session) => void notify(session, args.value(0), args.value(1)),
    ),
  ],
  values: [codes.value, modes.value],
};
