import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edoFolderChannel } from '../../src/delivery/edo-folder/channel.ts';
import { type Files, realFiles } from '../../src/delivery/edo-folder/files.ts';
import { temporaryFolders } from '../support/folders.ts';
import { configFor } from './config.ts';
import { channelContract, type Side, type Trouble } from './contract.ts';
import { createDeliveryWorld } from './world.ts';

/** The disk as the other side: a call can fail, or our process can die before or after it. */
async function openSide(folder: string): Promise<Side> {
  mkdirSync(folder, { recursive: true });
  let writes = 0;
  let planned: { at: number; trouble: Trouble; kill: () => void } | undefined;
  const call = (work: () => void): void => {
    writes++;
    const met = planned?.at === writes ? planned : undefined;
    if (met?.trouble === 'lost-before')
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'write' });
    if (met?.trouble === 'killed-before') met.kill();
    if (met?.trouble === 'killed-before') throw new Error('killed');
    work();
    if (met?.trouble === 'lost-after')
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'fsync' });
    if (met?.trouble === 'killed-after') met.kill();
    if (met?.trouble === 'killed-after') throw new Error('killed');
  };
  const files: Files = {
    ...realFiles,
    write: (path, bytes) => call(() => realFiles.write(path, bytes)),
    append: (path, text) => call(() => realFiles.append(path, text)),
    rename: (from, to) => call(() => realFiles.rename(from, to)),
  };
  return {
    channel: edoFolderChannel(files),
    config: configFor({ edoFolder: { dir: folder } }),
    meet: (nth, trouble, kill) => {
      planned = { at: writes + nth, trouble, kill };
    },
    writes: () => writes,
    copies: (key) => {
      const line = lines(folder).filter((text) => text.includes(key));
      expect(line.length).toBeLessThanOrEqual(1);
      const name = line[0]?.split(';')[9];
      return name !== undefined && existsSync(join(folder, name)) ? 1 : 0;
    },
    secrets: [],
    close: async () => undefined,
  };
}

function lines(folder: string): string[] {
  const path = join(folder, 'upd.csv');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\r\n').slice(1) : [];
}

channelContract('edo-folder', {
  troubles: ['lost-before', 'lost-after', 'killed-before', 'killed-after'],
  open: openSide,
});

describe('the folder of an operator’s client', () => {
  const folder = temporaryFolders();

  it('what the client took away before it was put down is not written again', async () => {
    const root = folder();
    const side = await openSide(join(root, 'side'));
    const world = createDeliveryWorld(root);
    const [task] = world.tasks(side.channel, 1);
    side.meet(3, 'lost-after', () => undefined);
    await world.run(side.channel, side.config, [task!]);
    expect(world.row(task!)).toMatchObject({ status: 'waiting', outcome: 'in-doubt' });
    for (const name of readdirSync(join(root, 'side')))
      if (name.endsWith('.xml')) rmSync(join(root, 'side', name));
    world.pass(60_000);
    expect(await world.run(side.channel, side.config, [task!])).toMatchObject({ found: 1, sent: 0 });
    expect(readdirSync(join(root, 'side'))).toEqual(['upd.csv']);
  });

  it('that is a file is said before anything is begun: no document is in doubt', async () => {
    const root = folder();
    writeFileSync(join(root, 'side'), '');
    const channel = edoFolderChannel();
    const config = configFor({ edoFolder: { dir: join(root, 'side', 'edo') } });
    const world = createDeliveryWorld(root);
    const [task] = world.tasks(channel, 1);
    const failed = world.run(channel, config, [task!]);
    await expect(failed).rejects.toMatchObject({ class: 'before', message: 'папка не доступна (ENOTDIR)' });
    expect(world.row(task!)).toBeUndefined();
  });

  it('leaves whole files and a list, nothing else', async () => {
    const root = folder();
    const side = await openSide(join(root, 'side'));
    const world = createDeliveryWorld(root);
    await world.run(side.channel, side.config, world.tasks(side.channel, 5));
    const names = readdirSync(join(root, 'side'));
    expect(names.filter((name) => /^ON_NSCHFDOPPR_.*\.xml$/.test(name))).toHaveLength(5);
    expect(names).toHaveLength(6);
    expect(lines(join(root, 'side'))).toHaveLength(5);
  });
});
