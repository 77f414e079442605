import { BslException, Unsupported } from '../language/errors.ts';
import { callMember } from '../language/members.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library, Session, UserInterface } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable } from './define.ts';

/** ОписаниеОповещения: what to call when a window has been closed. */
interface Notification extends BslObject {
  readonly procedure: string;
  readonly module: Value;
  readonly extra: Value;
}

const notificationType: ObjectType<Notification> = defineType<Notification>('ОписаниеОповещения', {
  properties: { ИмяПроцедуры: ({ procedure }) => procedure, ДополнительныеПараметры: ({ extra }) => extra },
});

export function userInterface(session: Session): UserInterface {
  if (!session.ui) throw new Unsupported('окно без пользователя');
  return session.ui;
}

/** Calls the handler after the one that runs now; the extra parameters come last. */
export function notify(session: Session, notification: Value | undefined, ...results: Value[]): void {
  if (notification === undefined || notification === UNDEFINED) return;
  if (!isObjectOf(notification, notificationType)) throw new BslException('Нужно ОписаниеОповещения');
  const { procedure, module, extra } = notification;
  userInterface(session).later.push(() => {
    callMember(
      module,
      procedure,
      [...results, extra].map((value) => ({ value })),
      session,
    );
  });
}

/** What the user answers next. */
export function nextAnswer(ui: UserInterface, question: string): string | number {
  const answer = ui.answers.shift();
  if (answer === undefined) throw new Unsupported(`вопрос без ответа: ${question}`);
  return answer;
}

export const notifications: Library = {
  constructors: [
    newable(
      'ОписаниеОповещения(ИмяПроцедуры, Модуль, ДополнительныеПараметры?)',
      (args): Notification => ({
        type: notificationType,
        procedure: args.text(0),
        module: args.value(1),
        extra: args.value(2),
      }),
      'client',
    ),
  ],
};
