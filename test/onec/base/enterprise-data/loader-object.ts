import { readFileSync, rmSync } from 'node:fs';
import { BslException, Unsupported } from '../../language/errors.ts';
import { type BslObject, defineType } from '../../language/object-type.ts';
import type { Session } from '../../language/session.ts';
import type { Value } from '../../language/values.ts';
import { decode, encodingOf } from '../../library/encoding.ts';
import { fileAction } from '../../library/file-action.ts';
import { type StructureValue, structureType } from '../../library/structure.ts';
import type { Base } from '../base.ts';
import { loadMessage } from './load.ts';

/** Обработки.ВыгрузкаЗагрузкаEnterpriseData. */
export function createLoaderManager(base: Base): Value {
  const objectType = defineType<BslObject>('ОбработкаОбъект.ВыгрузкаЗагрузкаEnterpriseData', {
    methods: {
      'ЗагрузкаСообщения(СтруктураПараметров, АдресРезультата)': (_, args, session) => {
        loadAsProfile(base, session, args.object(0, structureType));
        return undefined;
      },
    },
  });
  const managerType = defineType<BslObject>('ОбработкаМенеджер.ВыгрузкаЗагрузкаEnterpriseData', {
    methods: { 'Создать()': () => ({ type: objectType }) },
  });
  return { type: managerType };
}

/** БСП 3.1 throws what went wrong, БСП 2.3 shows it to the user. */
function loadAsProfile(base: Base, session: Session, parameters: StructureValue): void {
  try {
    load(base, session, parameters);
  } catch (error) {
    if (!(error instanceof BslException) || base.profile.loadThrows) throw error;
    session.messages.push({ text: error.message, field: '', dataPath: '' });
  }
}

/** The file goes after the load, save where the load was stopped half-way. */
function load(base: Base, session: Session, { fields }: StructureValue): void {
  const path = fields.get('адреснасервере')?.value;
  const text = path === undefined ? fields.get('текстxml')?.value : readText(path);
  if (typeof text !== 'string') throw new Unsupported('ЗагрузкаСообщения: нужен АдресНаСервере или ТекстXML');
  const errors = loadMessage(base, session, text);
  if (typeof path === 'string') fileAction(() => rmSync(path));
  if (errors.length > 0) throw new BslException(errors.join('\n'));
}

function readText(path: Value): string {
  return decode(
    fileAction(() => readFileSync(String(path))),
    encodingOf(undefined),
  );
}
