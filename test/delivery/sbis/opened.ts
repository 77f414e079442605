import { afterEach } from 'vitest';
import type { SbisConfig } from '../../../src/config/delivery.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { createDeliveryWorld } from '../world.ts';
import { openSbis } from './side.ts';

/** Opens channels beside doubles that are closed after each test of the file. */
export function sbisWorlds() {
  const folder = temporaryFolders();
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  return async (settings: Partial<SbisConfig> = {}) => {
    const side = await openSbis(settings);
    closing.push(side.close);
    const world = createDeliveryWorld(folder());
    const send = (count = 1) => world.run(side.channel, side.config, world.tasks(side.channel, count));
    const session = () =>
      side.channel.connect({
        config: side.config,
        clock: world.clock,
        random: () => 0.5,
        sleep: async () => undefined,
        signal: new AbortController().signal,
      });
    const kept = () => [...side.double.books.documents.values()];
    return { ...side, world, send, session, kept };
  };
}
