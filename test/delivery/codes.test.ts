import { describe, expect, it } from 'vitest';
import { type Channel, ChannelError, type Session } from '../../src/delivery/channel.ts';
import { type DeliverRequest, deliverDocuments } from '../../src/pipeline/deliver/deliver.ts';
import { exchangeWorld, NOW } from '../exchange/world.ts';
import { openMemory } from './memory.ts';

/** What a sending says of deliveries that did not simply arrive: through the whole pipeline, one document. */

/** A built month whose documents go out at once, and a channel whose other side is a list in memory. */
async function world(asks = true) {
  const { config, build, journal } = await exchangeWorld((settings) => {
    settings.deliver.when = 'at-once';
  });
  await build('one');
  const side = openMemory({ asks });
  const at = { now: Date.parse(NOW) };
  const number = journal(({ records }) => {
    const [stored] = records.packages.list();
    return records.documents.of(stored!.id).find(({ kind }) => kind === 'act')!.number;
  });
  const send = (more: Partial<DeliverRequest> = {}) =>
    deliverDocuments({
      channel: side.channel,
      only: number,
      dryRun: false,
      patience: 0,
      surroundings: {
        config,
        clock: () => new Date(at.now),
        random: () => 0.5,
        sleep: async () => undefined,
        signal: new AbortController().signal,
      },
      ...more,
    });
  /** A day later: whatever was put off is due. */
  const pass = (): void => {
    at.now += 86_400_000;
  };
  return { side, send, pass };
}

const codes = (faults: readonly { code: string }[]): string[] => faults.map(({ code }) => code);

/** The channel, with a session that differs. */
function withSession(channel: Channel, change: (session: Session) => Session): Channel {
  return { ...channel, connect: async (surroundings) => change(await channel.connect(surroundings)) };
}

it('BG1C-SEND-NONE: nothing of the package goes this way', async () => {
  const { side, send } = await world();
  const { exit, faults } = await send({ channel: { ...side.channel, carries: () => false } });
  expect([exit, codes(faults), side.writes()]).toEqual([0, ['BG1C-SEND-NONE'], 0]);
});

it('BG1C-SEND-LATER: surely not sent and to be tried again, which the next run does', async () => {
  const { side, send, pass } = await world();
  side.always('unreachable');
  const first = await send();
  expect([first.exit, codes(first.faults)]).toEqual([3, ['BG1C-SEND-LATER']]);
  expect(first.faults[0]!.message).toBe('память: отложено до следующей попытки: 1');
  side.always(undefined);
  pass();
  expect(await send()).toMatchObject({ exit: 0, summary: { sent: 1 }, faults: [] });
});

it('BG1C-SEND-ASKING: no answer came; the next run asks and sends nothing twice', async () => {
  const { side, send, pass } = await world();
  side.always('lost-after');
  const first = await send();
  expect([first.exit, codes(first.faults)]).toEqual([4, ['BG1C-SEND-ASKING']]);
  pass();
  expect(await send()).toMatchObject({ exit: 0, summary: { found: 1, sent: 0 }, faults: [] });
  expect(side.writes()).toBe(1);
});

it('BG1C-SEND-IN-DOUBT: nobody can be asked, so a person decides, and it is said in every run', async () => {
  const { side, send, pass } = await world(false);
  side.always('lost-after');
  const first = await send();
  expect([first.exit, codes(first.faults)]).toEqual([4, ['BG1C-SEND-IN-DOUBT']]);
  pass();
  const second = await send();
  expect([second.exit, codes(second.faults)]).toEqual([4, ['BG1C-SEND-IN-DOUBT']]);
  expect(second.faults[0]!.message).toMatch(
    /^Акт № .+ от 31\.10\.2026: память: неизвестно, ушёл ли документ/,
  );
  expect(second.faults[0]!.remedy).toMatch(/bg1c resolve \d+ sent или not-sent/);
  expect(side.writes()).toBe(1);
});

describe('BG1C-SEND-STANDS: what failed for good is not tried again by itself', () => {
  it('refused by the other side', async () => {
    const { side, send, pass } = await world();
    side.always('refused');
    expect(codes((await send()).faults)).toEqual(['BG1C-SEND-REJECTED']);
    side.always(undefined);
    pass();
    const second = await send();
    expect([second.exit, codes(second.faults)]).toEqual([3, ['BG1C-SEND-STANDS']]);
    expect(second.faults[0]!.message).toContain('не принят (memory-refused)');
    expect(side.writes()).toBe(1);
  });

  it('never reached, tried often enough', async () => {
    const { side, send, pass } = await world();
    side.always('unreachable');
    let result = await send();
    for (let run = 0; codes(result.faults).includes('BG1C-SEND-LATER') && run < 20; run++) {
      pass();
      result = await send();
    }
    expect(codes(result.faults)).toEqual(['BG1C-SEND-GIVEN-UP']);
    pass();
    const last = await send();
    expect([last.exit, codes(last.faults)]).toEqual([3, ['BG1C-SEND-STANDS']]);
    expect(last.faults[0]!.message).toContain('попытки исчерпаны');
  });
});

it('BG1C-SEND-STATUSES: it was sent, and only what became of it is not known', async () => {
  const { side, send } = await world();
  const silent = withSession(side.channel, (session) => ({
    ...session,
    // biome-ignore lint/correctness/useYield: it fails before the first page
    async *changes() {
      throw new ChannelError('before', 'memory-silent', 'лента не отвечает');
    },
  }));
  const { exit, summary, faults } = await send({ channel: silent });
  expect([exit, summary!.sent, codes(faults)]).toEqual([0, 1, ['BG1C-SEND-STATUSES']]);
  expect(faults[0]!.message).toContain('лента не отвечает (memory-silent)');
});
