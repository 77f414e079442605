import type { CanonicalRecord, Service } from '../../../../src/model/types.ts';
import { dateOfIso } from '../../language/date-time.ts';
import { herCard, herContract, herService } from '../hers.ts';
import { ends, isDocument, type Scenario } from '../scenario.ts';
import { load, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';
import { buyer, contractOf, documentsOf, HEAD, lonelyServices, SHIFA, YUSUPOVA } from './parties.ts';

/** Contracts and services that the base has already. */
export const CONTRACTS: readonly Scenario[] = [
  {
    title: 'её договоры: по номеру и дате, по названию; тот же номер с другой датой — вопрос',
    given: (world) => {
      const [shifa, head, yusupova] = [buyer(world, SHIFA), buyer(world, HEAD), buyer(world, YUSUPOVA)];
      const agreed = [shifa, head, yusupova].map((one) => contractOf(world, one));
      herContract(world, herCard(world, shifa), agreed[0]!);
      herContract(world, herCard(world, head), agreed[1]!, {
        Номер: '',
        Дата: dateOfIso('2020-01-01T00:00:00')!,
        Наименование: agreed[1]!.name,
      });
      herContract(world, herCard(world, yusupova), agreed[2]!, { Дата: dateOfIso('2021-09-02T00:00:00')! });
      return {
        ends: [
          ...ends([shifa, head, yusupova, agreed[0]!, agreed[1]!], { state: 'found' }),
          ...ends([agreed[2]!], { state: 'conflict', message: /тот же номер договора, другая дата/ }),
          ...ends(documentsOf(world, yusupova), { state: 'skipped', message: /нужно решение о договоре/ }),
        ],
      };
    },
  },
  {
    title: 'договор с тем же номером и датой загружен как новый, другой связан',
    given: (world) => {
      const [yusupova, shifa] = [buyer(world, YUSUPOVA), buyer(world, SHIFA)];
      const later = { Дата: dateOfIso('2021-09-02T00:00:00')! };
      herContract(world, herCard(world, yusupova), contractOf(world, yusupova), later);
      herContract(world, herCard(world, shifa), contractOf(world, shifa), later);
      return { ends: ends([yusupova, shifa, contractOf(world, shifa)], { state: 'found' }) };
    },
    steps: (world) => {
      const form = read(world);
      const row = (name: string): number =>
        rowWith(form, 'Расхождения', 'Идентификатор', contractOf(world, buyer(world, name)).uuid);
      form.changeCell('Расхождения', row(YUSUPOVA), 'Решение', 'Загрузить');
      form.changeCell('Расхождения', row(SHIFA), 'Решение', 'Связать');
      load(form);
    },
  },
  {
    title: 'договоры, из которых не выбрать: два одинаковых, помеченный',
    given: (world) => {
      const [shifa, head] = [buyer(world, SHIFA), buyer(world, HEAD)];
      const card = herCard(world, shifa);
      herContract(world, card, contractOf(world, shifa));
      herContract(world, card, contractOf(world, shifa), { Наименование: 'Ещё один' });
      herContract(world, herCard(world, head), contractOf(world, head), { ПометкаУдаления: true });
      return {
        ends: [
          ...ends([shifa, head], { state: 'found' }),
          ...ends([contractOf(world, shifa)], {
            state: 'conflict',
            message: /несколько договоров с этим номером и датой/,
          }),
          ...ends([contractOf(world, head)], { state: 'conflict', message: /помечен на удаление/ }),
          ...ends([...documentsOf(world, shifa), ...documentsOf(world, head)], { state: 'skipped' }),
          ...lonelyServices(world, [shifa, head]),
        ],
      };
    },
  },
  {
    title: 'договор пакета в базе у другого контрагента',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      const agreed = contractOf(world, shifa);
      const stranger = herCard(world, buyer(world, HEAD), {
        ИНН: '0299000997',
        Наименование: 'Правопреемник',
        НаименованиеПолное: 'Правопреемник',
      });
      herCard(world, shifa);
      const moved = herContract(world, stranger, agreed);
      const stored = world.base.store.find('Справочник.ДоговорыКонтрагентов', moved.uuid)!;
      world.base.store.remove('Справочник.ДоговорыКонтрагентов', moved.uuid);
      world.base.store.put('Справочник.ДоговорыКонтрагентов', { ...stored, uuid: agreed.uuid });
      return {
        ends: [
          ...ends([shifa], { state: 'found' }),
          ...ends([agreed], { state: 'conflict', message: /договор в базе у другого контрагента/ }),
          ...ends(documentsOf(world, shifa), { state: 'skipped' }),
        ],
      };
    },
  },
  {
    title: 'её номенклатура: услуга найдена, товар и двойники — вопрос',
    given: (world) => {
      const service = (name: string): Service => world.find<Service>('service', name);
      const licence = service('Право использования антивируса (лицензия)');
      const vpn = service('Виртуальная частная сеть (VPN), порт');
      const connection = service('Подключение');
      herService(world, connection, { Наименование: 'Подкл.' });
      herService(world, licence, { Услуга: false });
      herService(world, vpn);
      herService(world, vpn, { Наименование: 'Порт VPN' });
      const blocked = world.records.filter(
        (one) => isDocument(one) && one.lines.some((line) => [licence.uuid, vpn.uuid].includes(line.service)),
      );
      return {
        ends: [
          ...ends([connection], { state: 'found' }),
          ...ends([licence], { state: 'conflict', message: /в базе это не услуга/ }),
          ...ends([vpn], { state: 'conflict', message: /несколько карточек с этим названием/ }),
          ...ends(blocked, { state: 'skipped', message: /нужно решение об услуге/ }),
          ...ends(withoutWork(world, blocked), { state: 'skipped' }),
        ],
      };
    },
  },
];

/** Buyers and contracts that none but these documents need. */
function withoutWork(world: World, blocked: readonly CanonicalRecord[]): CanonicalRecord[] {
  const left = world.records.filter(isDocument).filter((one) => !blocked.includes(one));
  const needed = new Set(left.flatMap(({ counterparty, contract }) => [counterparty, contract]));
  return world.records.filter(
    ({ record, uuid }) => (record === 'counterparty' || record === 'contract') && !needed.has(uuid),
  );
}
