import { describe, expect, it } from 'vitest';
import type { Reach } from '../../../src/delivery/channel.ts';
import { readNews } from '../../../src/delivery/feed.ts';
import { COMPANY } from '../../formats/upd/fixtures.ts';
import { Refusal } from './double-books.ts';
import { sbisWorlds } from './opened.ts';

const opened = sbisWorlds();

describe('counterparties', () => {
  const told = (id: string, more: object = {}) => [{ ИдентификаторУчастника: id, Основной: 'Да', ...more }];

  it.each([
    ['receives', told('2BE77'), { how: 'receives' }],
    [
      'another operator',
      told('2BM-77', { Роуминг: 'Да', Оператор: { Название: 'Диадок' } }),
      { how: 'roaming', operator: 'Диадок' },
    ],
    [
      'no roaming',
      told('2AL-77', { Роуминг: 'Нет', СостояниеПодключения: { Описание: 'нет роуминга' } }),
      { how: 'invite', note: 'нет роуминга' },
    ],
    ['outside', [], { how: 'invite' }],
    ['a text', '2BE78', { how: 'receives' }],
    ['unknown', new Refusal('Контрагент не найден'), { how: 'unreachable', note: 'Контрагент не найден' }],
  ] as const)('are checked before: %s', async (_, participants, expected) => {
    const { session, double } = await opened();
    double.books.participants.set(COMPANY.inn!, participants as object[]);
    const open = await session();
    const found: Reach[] = [];
    for await (const one of open.reach!([COMPANY])) found.push(one);
    await open.close();
    expect(found).toMatchObject([{ ...expected, counterparty: COMPANY }]);
  });

  it('who is not connected is left out, or invited when that is asked for', async () => {
    for (const unconnected of ['leave-out', 'invite'] as const) {
      const { send, double, world, channel } = await opened({ unconnected });
      double.books.participants.set(COMPANY.inn!, []);
      const { faults } = await send();
      const row = world.row(world.tasks(channel, 1)[0]!);
      if (unconnected === 'invite') expect(row).toMatchObject({ remoteState: 'invited', remoteCode: '2' });
      else {
        expect(row).toBeUndefined();
        expect(faults).toMatchObject([{ code: 'BG1C-SBIS-UNCONNECTED', severity: 'warning' }]);
      }
    }
  });

  it('of whom СБИС knows another КПП get nothing', async () => {
    const { send, double } = await opened();
    const real = double.books.call;
    double.books.call = (method, params) =>
      method === 'СБИС.ИнформацияОКонтрагенте'
        ? { Идентификатор: told('2BE77'), СвЮЛ: { ИНН: COMPANY.inn, КПП: '999901001' } }
        : real(method, params);
    expect((await send()).faults).toMatchObject([{ code: 'BG1C-SBIS-UNREACHABLE' }]);
  });
});

describe('the feed', () => {
  it('brings states from a durable cursor on; what comes again is no news', async () => {
    const { send, session, double, world, channel, kept } = await opened();
    await send(5);
    const news = async () => {
      const open = await session();
      const found = await readNews(channel, open, world.journal);
      await open.close();
      return found.states;
    };
    expect(await news()).toEqual({});
    const ids = kept().map(({ id }) => id);
    double.books.become(ids[0]!, '4');
    double.books.become(ids[1]!, '7');
    double.books.become(ids[2]!, '9');
    double.books.become(ids[3]!, '20');
    double.books.become(ids[4]!, '77');
    expect(await news()).toEqual({ delivered: 1, signed: 1, rejected: 1, annulled: 1, unknown: 1 });
    expect(await news()).toEqual({});
    const row = world.journal.records.deliveries.byKey(ids[4]!)!;
    expect(row).toMatchObject({ remoteState: 'unknown', remoteCode: '77', remoteName: 'Неизвестное' });
    double.books.become(ids[0]!, '7');
    expect(await news()).toEqual({ signed: 1 });
  });

  it('goes on from the last event that was put down, also in another process', async () => {
    const { send, session, double, world, channel } = await opened();
    await send(2);
    for (const journal of [world.journal, world.another().journal]) {
      const open = await session();
      await readNews(channel, open, journal);
      await open.close();
    }
    const filters = double.calls
      .filter(({ method }) => method === 'СБИС.СписокИзменений')
      .map(({ params }) => Object.keys((params as { Фильтр: object }).Фильтр)[0]);
    expect(filters).toEqual(['ДатаВремяС', 'ИдентификаторСобытия']);
  });

  it('of many pages is read to its end', async () => {
    const { send, session, double, world, channel, kept } = await opened();
    await send(130);
    for (const { id } of kept()) double.books.become(id, '7');
    const open = await session();
    expect((await readNews(channel, open, world.journal)).states).toEqual({ signed: 130 });
    await open.close();
    expect(double.calls.filter(({ method }) => method === 'СБИС.СписокИзменений').length).toBeGreaterThan(2);
  });

  it('that fails is read on later', async () => {
    const { send, session, double, world, channel, kept } = await opened();
    await send(3);
    for (const { id } of kept()) double.books.become(id, '7');
    double.plan = ({ method }) =>
      method === 'СБИС.СписокИзменений' ? { how: 'html', done: true } : undefined;
    const open = await session();
    expect(await readNews(channel, open, world.journal)).toMatchObject({
      states: {},
      failure: { code: 'not-json' },
    });
    double.plan = () => undefined;
    expect((await readNews(channel, open, world.journal)).states).toEqual({ signed: 3 });
    await open.close();
  });
});
