import type { Surroundings } from '../channel.ts';
import type { SbisClient } from './client.ts';

/** A client that asks and sends nothing: it answers as if every document were taken, and hands over what would go out. */
export function capturingClient(capture: NonNullable<Surroundings['capture']>): SbisClient {
  return {
    async call(method, params, kind) {
      if (kind === 'read') return {};
      const { Документ: document } = params as {
        Документ: { Идентификатор: string; Вложение?: { Файл: { Имя: string } }[] };
      };
      const files = (document.Вложение ?? []).map((one) => one.Файл.Имя);
      if (files.length > 0)
        capture({ key: document.Идентификатор, to: files.join(', '), body: JSON.stringify(params) });
      const sent = method === 'СБИС.ВыполнитьДействие';
      return {
        Идентификатор: document.Идентификатор,
        Состояние: sent
          ? { Код: '3', Название: 'Отправлен' }
          : { Код: '0', Название: 'Документ редактируется' },
        Этап: [{ Название: 'Отправка', Действие: [{ Название: 'Отправить', ТребуетПодписания: 'Нет' }] }],
      };
    },
    download: async () => Buffer.alloc(0),
    close: async () => undefined,
  };
}
