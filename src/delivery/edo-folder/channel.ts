import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { updRow } from '../../formats/upd/list.ts';
import { sha256 } from '../../support/ids.ts';
import { type Channel, ChannelError, type Session, type Surroundings } from '../channel.ts';
import { becomesUpd, createUpdPacker } from '../upd-parcel.ts';
import { type Files, realFiles } from './files.ts';
import { type FolderList, openList } from './list.ts';

/**
 * УПД files in a folder, for the client of any operator: СБИС «Каталог», Диадок, 1С-ЭДО (facts: upd-sbis B11). Each
 * file appears whole; what the client took away was delivered.
 */
export function edoFolderChannel(files: Files = realFiles): Channel {
  return {
    name: 'edo-folder',
    title: 'папка ЭДО',
    setting: 'edoFolder',
    reached: 'папка доступна',
    configured: ({ channels }) => channels.edoFolder !== undefined,
    limits: () => ({ concurrency: 1 }),
    carries: becomesUpd,
    rivals: ['sbis'],
    async connect(surroundings) {
      const { config } = surroundings;
      for (const { code } of config.organizations)
        onDisk(() => files.probe(folderOf(config, code)), 'before');
      return openFolder(surroundings, files);
    },
  };
}

function openFolder({ config, capture }: Surroundings, files: Files): Session {
  const packer = createUpdPacker(config);
  const lists = new Map<string, FolderList>();
  const listOf = (folder: string): FolderList => {
    const list = lists.get(folder) ?? onDisk(() => openList(files, folder));
    lists.set(folder, list);
    return list;
  };
  return {
    async pack(parcel) {
      const { file, source, faults } = packer.pack(parcel);
      if (!file || !source) return { faults };
      const folder = folderOf(config, parcel.organization.code);
      const row = updRow(
        source,
        file.name,
        faults.map(({ code }) => code),
      );
      const send = async () => {
        const path = join(folder, file.name);
        if (capture) capture({ key: parcel.key, to: path, body: file.bytes });
        else
          onDisk(() => {
            const temporary = temporaryOf(folder, parcel.key);
            files.write(temporary, file.bytes);
            listOf(folder).add(parcel.key, { ...row, file: file.name });
            files.rename(temporary, path);
          });
        return {};
      };
      return { shipment: { sha256: sha256(file.bytes), names: [file.name], send }, faults };
    },
    async find({ key, organization }) {
      return onDisk(() => {
        const folder = folderOf(config, organization);
        const name = listOf(folder).file(key);
        // Listed, and its temporary file is gone: it got its name, wherever it is now.
        const there = name !== undefined && !files.exists(temporaryOf(folder, key));
        return { place: there ? 'there' : 'absent' };
      });
    },
    async close() {
      packer.dispose();
    },
  };
}

/** One folder for one organisation; several organisations have several clients. */
function folderOf({ channels: { edoFolder }, organizations }: Config, organization: string): string {
  const { dir } = edoFolder!;
  return organizations.length > 1 ? join(dir, organization) : dir;
}

function temporaryOf(folder: string, key: string): string {
  return join(folder, `.${key}.tmp`);
}

/** No right, no place, no share: once a file is begun nothing is sure, and every document would fare the same. */
function onDisk<T>(work: () => T, outcome: 'before' | 'unknown' = 'unknown'): T {
  try {
    return work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new ChannelError(outcome, code.toLowerCase(), `папка не доступна (${code})`);
  }
}
