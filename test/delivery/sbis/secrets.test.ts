import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exchangeWorld } from '../../exchange/world.ts';
import { PASSWORD } from './double.ts';
import { openSbis } from './side.ts';

it('neither password nor session nor cookie in log, journal, package or anything beside them', async () => {
  const side = await openSbis();
  const { double } = side;
  const world = await exchangeWorld((config) => {
    config.deliver.auto = true;
    config.channels.sbis = side.config.channels.sbis;
    for (const one of config.organizations)
      one.signer = { position: 'Директор', name: { last: 'Каримов', first: 'Ильдар' }, authority: 1 };
  });
  const said: string[] = [];
  const look = async (): Promise<void> => {
    const { log, faults } = await world.once();
    said.push(JSON.stringify({ log, faults }));
  };
  try {
    await world.build('one');
    await world.answer(world.names('outbox')[0]!);
    let calls = 0;
    double.plan = ({ method }) => {
      if (method !== 'СБИС.ВыполнитьДействие') return undefined;
      calls++;
      if (calls === 1) double.expire();
      return calls === 1 ? { how: 'html', done: true } : { how: 'business', done: false };
    };
    await look();
    process.env.TEST_SBIS_PASSWORD = `${PASSWORD}-другой`;
    await look();
    expect(said.join('')).toContain('"delivery"');
    const secrets = [PASSWORD, 'cookie-of-the-double', ...double.given];
    expect(double.given.length).toBeGreaterThan(0);
    const texts = [...said, ...filesUnder(world.root).map((path) => readFileSync(path, 'utf8'))];
    expect(texts.length).toBeGreaterThan(10);
    for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  } finally {
    process.env.TEST_SBIS_PASSWORD = PASSWORD;
    await side.close();
  }
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
