import { PROVIDER } from '../provider.ts';
import { type BadCase, swap, wrongDigit } from './case.ts';

/** Settings: nothing is read further. */
export const CONFIG_CASES: readonly BadCase[] = [
  {
    name: 'config-key',
    title: 'Опечатка в имени настройки: documnts вместо documents',
    exit: 2,
    faults: ['BG1C-CONFIG-KEY', 'BG1C-CONFIG-MISSING'],
    documents: 0,
    config: (text) => swap(text, '\ndocuments:\n', '\ndocumnts:\n'),
    configLine: 'documnts:',
  },
  {
    name: 'config-value',
    title: 'Настройке onec.bill дано значение, которого не бывает',
    exit: 2,
    faults: ['BG1C-CONFIG-VALUE'],
    documents: 0,
    config: (text) => swap(text, 'bill: ЗаказКлиента', 'bill: СчётНаОплату'),
    configLine: 'СчётНаОплату',
  },
  {
    name: 'config-organization-missing',
    title: 'В настройках нет организаций',
    exit: 2,
    faults: ['BG1C-CONFIG-MISSING'],
    documents: 0,
    config: (text) => text.replace(/organizations:\n(?:[ ].*\n)+/, ''),
  },
  {
    name: 'config-organization-inn',
    title: 'ИНН собственной организации записан с ошибкой',
    exit: 2,
    faults: ['BG1C-CONFIG-VALUE'],
    documents: 0,
    config: (text) => swap(text, `inn: '${PROVIDER.inn}'`, `inn: '${wrongDigit(PROVIDER.inn)}'`),
    configLine: wrongDigit(PROVIDER.inn),
  },
  {
    name: 'config-yaml',
    title: 'В файле настроек отступ сделан табуляцией',
    exit: 2,
    faults: ['BG1C-CONFIG-YAML'],
    documents: 0,
    config: (text) => swap(text, '\n  mode: billing', '\n\tmode: billing'),
    configLine: '\tmode: billing',
  },
  {
    name: 'format-unknown',
    title: 'В настройках версия формата, описания которой нет',
    exit: 2,
    faults: ['BG1C-FORMAT-UNKNOWN'],
    documents: 0,
    config: (text) => swap(text, "format: '1.20'", "format: '1.99'"),
  },
];
