import { integer } from '../language/decimal.ts';
import { type BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library, Session } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { fn, globalValue } from './define.ts';

interface ErrorInfo extends BslObject {
  readonly error: BslException;
}

const errorInfoType: ObjectType<ErrorInfo> = defineType<ErrorInfo>('ИнформацияОбОшибке', {
  properties: {
    Описание: ({ error }) => error.message,
    Причина: ({ error }) => (error.reason ? infoOf(error.reason) : UNDEFINED),
    ИмяМодуля: ({ error }) => error.place?.module ?? '',
    НомерСтроки: ({ error }) => integer(error.place?.line ?? 0),
  },
  transfer: 'same',
});

function infoOf(error: BslException): ErrorInfo {
  return { type: errorInfoType, error };
}

function currentError({ errors }: Session): BslException {
  const error = errors.at(-1);
  if (!error) throw new Unsupported('сведения об ошибке вне обработчика Исключение');
  return error;
}

function errorOf(value: Value): BslException {
  if (!isObjectOf(value, errorInfoType)) throw new Unsupported('нужна ИнформацияОбОшибке');
  return value.error;
}

/** With the errors that led to it, one after another. */
function brief(error: BslException): string {
  return error.reason ? `${error.message}\nпо причине:\n${brief(error.reason)}` : error.message;
}

function detailed(error: BslException): string {
  const place = error.place ? `{${error.place.module}(${error.place.line})}: ` : '';
  const reason = error.reason ? `\nпо причине:\n${detailed(error.reason)}` : '';
  return `${place}${error.message}${reason}`;
}

/** Since 8.3.17; an older platform has only the functions of the global context. */
const errorProcessingType = defineType<BslObject>('МенеджерОбработкиОшибок', {
  methods: {
    'КраткоеПредставлениеОшибки(Информация)': (_, args) => brief(errorOf(args.value(0))),
    'ПодробноеПредставлениеОшибки(Информация)': (_, args) => detailed(errorOf(args.value(0))),
  },
});

export const errorInformation: Library = {
  functions: [
    fn('ИнформацияОбОшибке()', (_, session) => infoOf(currentError(session))),
    fn('ОписаниеОшибки()', (_, session) => detailed(currentError(session))),
    fn('КраткоеПредставлениеОшибки(Информация)', (args) => brief(errorOf(args.value(0)))),
    fn('ПодробноеПредставлениеОшибки(Информация)', (args) => detailed(errorOf(args.value(0)))),
  ],
};

export const errorProcessing: Library = {
  values: [globalValue('ОбработкаОшибок', () => ({ type: errorProcessingType }))],
};
