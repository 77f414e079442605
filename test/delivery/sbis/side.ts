import type { SbisConfig } from '../../../src/config/delivery.ts';
import { ConnectionError, httpTransport, type Transport } from '../../../src/delivery/http.ts';
import { sbisChannel } from '../../../src/delivery/sbis/channel.ts';
import { configFor } from '../config.ts';
import type { Side, Trouble } from '../contract.ts';
import { type Meeting, PASSWORD, type SbisDouble, startDouble, WRITES } from './double.ts';

process.env.TEST_SBIS_PASSWORD = PASSWORD;

/** How the troubles of the contract look at СБИС. */
const MEETINGS: Partial<Record<Trouble, Omit<Meeting, 'meanwhile'>>> = {
  'lost-before': { how: 'lost', done: false },
  'lost-after': { how: 'lost', done: true },
  'killed-before': { how: 'lost', done: false },
  'killed-after': { how: 'lost', done: true },
  busy: { how: 'http-503', done: false },
  'broken-before': { how: 'http-500', done: false },
  'broken-after': { how: 'html', done: true },
  refused: { how: 'business', done: false },
};

export const TROUBLES: Trouble[] = ['unreachable', ...(Object.keys(MEETINGS) as Trouble[])];

/** The channel beside its double. */
export async function openSbis(settings: Partial<SbisConfig> = {}): Promise<Side & { double: SbisDouble }> {
  const double = await startDouble();
  let writes = 0;
  let planned: { at: number; trouble: Trouble; kill: () => void } | undefined;
  let attempts = 0;
  const transport = (): Transport => {
    const real = httpTransport();
    const wrapped: Transport = async (request) => {
      if (WRITES.some((method) => request.body?.includes(method)) && ++attempts === planned?.at)
        if (planned.trouble === 'unreachable') throw new ConnectionError('econnrefused', true);
      return real(request);
    };
    wrapped.close = () => real.close?.();
    return wrapped;
  };
  double.plan = ({ method }) => {
    if (!WRITES.includes(method)) return undefined;
    writes++;
    if (attempts !== planned?.at) return undefined;
    const { trouble, kill } = planned;
    return { ...MEETINGS[trouble]!, ...(trouble.startsWith('killed') && { meanwhile: kill }) };
  };
  const config = configFor({
    sbis: {
      url: double.url,
      login: 'bashnet',
      passwordEnv: 'TEST_SBIS_PASSWORD',
      mode: 'server',
      timeout: 2,
      perMinute: 300,
      ...settings,
    },
  });
  return {
    double,
    channel: sbisChannel(transport),
    config,
    meet: (nth, trouble, kill) => {
      planned = { at: attempts + nth, trouble, kill };
    },
    writes: () => writes,
    copies(key) {
      const document = double.books.documents.get(key);
      if (!document) return 0;
      return config.channels.sbis!.mode === 'draft' ? 1 : document.executed;
    },
    get secrets() {
      return [PASSWORD, 'cookie-of-the-double', ...double.given];
    },
    close: double.close,
  };
}
