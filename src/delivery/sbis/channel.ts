import type { Config } from '../../config/types.ts';
import type { Channel } from '../channel.ts';
import { httpTransport, type Transport } from '../http.ts';
import { formPrinter, type Printed } from '../printed.ts';
import { becomesUpd } from '../upd-parcel.ts';
import { capturingClient } from './capture.ts';
import { connectSbis } from './client.ts';
import { openSession } from './session.ts';
import { commandSigner } from './sign.ts';

/** СБИС (Saby): УПД through electronic exchange (facts: upd-sbis, part B). */
export function sbisChannel(
  transport: () => Transport = httpTransport,
  printer: (config: Config) => Printed = formPrinter,
): Channel {
  return {
    name: 'sbis',
    title: 'СБИС',
    setting: 'sbis',
    configured: ({ channels }) => channels.sbis !== undefined,
    limits: ({ channels }) => ({ perMinute: channels.sbis!.perMinute, concurrency: channels.sbis!.streams }),
    carries: becomesUpd,
    rivals: ['edo-folder'],
    async connect({ config, capture }) {
      const sbis = config.channels.sbis!;
      const client = capture ? capturingClient(capture) : await connectSbis(sbis, transport());
      const signer = sbis.mode === 'command' ? commandSigner(sbis.command!) : undefined;
      const asks = capture === undefined;
      return openSession(config, sbis, {
        client,
        signer,
        printed: sbis.pdf ? printer(config) : undefined,
        asks,
      });
    },
  };
}
