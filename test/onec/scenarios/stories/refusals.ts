import { expect } from 'vitest';
import { put } from '../../base/create-base.ts';
import { knowingRates, RATES_2018 } from '../../base/metadata/profiles.ts';
import { edit, herCard } from '../hers.ts';
import { type EntryEdit, entryOf, listed, renamed, repack, rewritten } from '../package-files.ts';
import type { Scenario } from '../scenario.ts';
import { loadFolder, recheckFolder } from '../steps.ts';
import type { World } from '../world.ts';
import { buyer, renameInPackage, SHIFA } from './parties.ts';

/** Packages that are not taken: nothing in the base changes, the file waits with a note. */

const ORGANIZATION = 'Справочник.Организации';

/** The archive is spoilt inside. @param edit files of the archive */
function spoilt(title: string, note: RegExp, spoil: EntryEdit): Scenario {
  return broken(title, note, (bytes) => repack(bytes, spoil));
}

function broken(title: string, note: RegExp, spoil: (bytes: Buffer) => Buffer): Scenario {
  return {
    title,
    given: (world) => {
      const [file] = world.month.files;
      world.replace(file!, spoil(file!.bytes));
      return { refused: { note } };
    },
  };
}

const DAMAGED: readonly Scenario[] = [
  broken('архив оборван', /не принят: .*(поврежден|архив)/, (bytes) => bytes.subarray(0, bytes.length / 2)),
  spoilt('описи нет', /в архиве нет файла manifest.json/, (files) => files.splice(0, 1)),
  spoilt('опись дважды', /файл manifest.json в архиве дважды/, (files) => files.push({ ...files[0]! })),
  spoilt('файл из описи пропал', /в архиве нет файла documents.jsonl/, (files) => {
    files.splice(files.indexOf(entryOf(files, 'documents')), 1);
  }),
  spoilt(
    'содержимое подменено: размер тот же',
    /содержимое documents.jsonl не совпадает с описью/,
    (files) => {
      const entry = entryOf(files, 'documents');
      entry.content = Buffer.from(entry.content.toString('utf8').replace('"sum":720000', '"sum":720001'));
    },
  ),
  spoilt('опись слишком велика', /файл manifest.json больше допустимого/, (files) => {
    const entry = entryOf(files, 'manifest.json');
    entry.content = Buffer.concat([entry.content, Buffer.alloc(4 * 1024 * 1024, ' ')]);
  }),
  ...[
    '../documents.jsonl',
    'папка/documents.jsonl',
    'папка\\documents.jsonl',
    'C:documents.jsonl',
    '.documents.jsonl',
    '',
  ].map((name) => spoilt(`имя файла «${name}»`, /недопустимое имя файла/, renamed('documents', name))),
  spoilt(
    'опись названа в самой описи',
    /недопустимое имя файла manifest.json/,
    listed(({ entries }) => entries.push({ ...entries[0]!, name: 'manifest.json' })),
  ),
  spoilt(
    'файл в описи дважды',
    /недопустимое имя файла documents.jsonl/,
    listed(({ entries }) => entries.push({ ...entries[1]! })),
  ),
  spoilt(
    'сообщения в описи нет',
    /в описи нет сообщения или списка документов/,
    renamed('Message_', 'Письмо.xml'),
  ),
  spoilt(
    'опись другой версии',
    /версия описи незнакома/,
    listed((manifest) => Object.assign(manifest, { manifestVersion: 2 })),
  ),
  spoilt(
    'в описи не хватает номера',
    /в описи нет seq/,
    listed((manifest) => delete manifest.seq),
  ),
  spoilt(
    'в пакете другой формат',
    /в пакете нет сообщения EnterpriseData/,
    listed((manifest) => Object.assign(manifest, { format: { name: 'CommerceML' } })),
  ),
  spoilt(
    'незнакомая запись в списке документов',
    /незнакомая запись waybill/,
    rewritten('documents', (text) => text.replace('"record":"act"', '"record":"waybill"')),
  ),
  spoilt(
    'в списке документов нет организации',
    /в списке документов нет организации/,
    rewritten('documents', (text) => text.slice(text.indexOf('\n') + 1)),
  ),
];

function organizations(
  world: World,
  change: (world: World) => void,
  receipt: RegExp,
): { refused: { receipt: RegExp } } {
  change(world);
  return { refused: { receipt } };
}

export const REFUSALS: readonly Scenario[] = [
  ...DAMAGED,
  {
    title: 'сообщение обрывается: загрузчику не отдано ничего',
    given: (world) => {
      const [file] = world.month.files;
      const torn = rewritten('Message_', (text) => text.slice(0, text.lastIndexOf('<Документ.')));
      world.replace(file!, repack(file!.bytes, torn));
      return { refused: { receipt: /XML|элемент/i } };
    },
  },
  {
    title: 'пакет другой организации',
    given: (world) =>
      organizations(
        world,
        ({ base, seller }) => edit(base, ORGANIZATION, seller.uuid, { КПП: '027401002' }),
        /Пакет организации ООО «Башнет» \(ИНН 0299000011, КПП 027401001\), а в этой базе такой организации нет/,
      ),
  },
  {
    title: 'организация пакета в базе дважды',
    given: (world) =>
      organizations(
        world,
        ({ base }) =>
          void put(base, ORGANIZATION, 'a0000000-0000-4000-8000-000000000002', {
            ИНН: '0299000011',
            КПП: '027401001',
          }),
        /В базе несколько организаций с ИНН 0299000011/,
      ),
  },
  {
    title: 'организация пакета помечена на удаление',
    given: (world) =>
      organizations(
        world,
        ({ base, seller }) => edit(base, ORGANIZATION, seller.uuid, { ПометкаУдаления: true }),
        /в этой базе такой организации нет/,
      ),
  },
  {
    title: 'база не принимает версию EnterpriseData пакета',
    profile: (profile) => ({ ...profile, formatVersions: ['1.6'] }),
    given: () => ({ refused: { receipt: /не принимает EnterpriseData 1\.17, она знает: 1\.6\. Соберите/ } }),
  },
  {
    title: 'в конфигурации нет загрузчика',
    profile: (profile) => ({ ...profile, loader: false }),
    given: () => ({ refused: { receipt: /нет обработки «Выгрузка и загрузка EnterpriseData»/ } }),
  },
  {
    title: 'база не примет пакет: правка карточки из него тоже не внесена',
    profile: (profile) => ({ ...profile, formatVersions: ['1.6'] }),
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa);
      renameInPackage(world, shifa, 'ООО «Аптека Шифа плюс»');
      return { refused: { receipt: /не принимает EnterpriseData 1\.17/ } };
    },
  },
  {
    title: 'НДС 22 % базе неизвестен',
    month: 'october',
    profile: (profile) => knowingRates({ ...profile, formatVersions: ['1.20'] }, RATES_2018),
    given: () => ({ refused: { receipt: /База не знает ставку НДС 22 %/ } }),
  },
  {
    title: 'без ключа подписи не начинаем',
    given: (world) => {
      world.configure({ ФайлКлюча: world.path('нет.key') });
      return { refused: { untouched: true } };
    },
    steps: (world) => {
      expect(() => loadFolder(world)).toThrow(/Файл ключа подписи .* не виден/);
      expect(() => recheckFolder(world)).toThrow(/Файл ключа подписи/);
    },
  },
  {
    title: 'папка обмена не указана или не видна',
    given: () => ({ refused: { untouched: true } }),
    steps: (world) => {
      world.configure({ ПапкаОбмена: '' });
      expect(() => loadFolder(world)).toThrow(/Папка обмена не указана/);
      world.configure({ ПапкаОбмена: world.path('нет такой') });
      for (const command of ['ЗагрузитьПапку', 'ЗаписатьПаспорт', 'ВыгрузитьКонтрагентов'])
        expect(() => world.command(command)).toThrow(/с сервера 1С не видна/);
      expect(() => world.command('НетТакой')).toThrow(/Команда НетТакой неизвестна/);
      world.configure({});
    },
  },
];
