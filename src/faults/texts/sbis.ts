import type { FaultEntry } from './entry.ts';

/** СБИС. */
export const SBIS_FAULTS = {
  'BG1C-SBIS-UNREACHABLE': {
    severity: 'error',
    scope: 'document',
    title: 'СБИС не знает получателя',
    message: 'Документ № {number}: «{name}» через СБИС отправить нельзя: {reason}',
    remedy: 'Проверьте ИНН и КПП клиента в BGBilling или отправьте документ почтой: bg1c send mail',
  },
  'BG1C-SBIS-UNCONNECTED': {
    severity: 'warning',
    scope: 'document',
    title: 'Получатель не подключён к ЭДО',
    message:
      'Документ № {number} не отправлен: «{name}» не подключён к ЭДО или роуминг с ним не настроен{more}',
    remedy:
      'Пригласите его в СБИС, укажите channels.sbis.unconnected: invite или отправьте документ почтой: bg1c send mail',
  },
} as const satisfies Record<string, FaultEntry>;
