import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { BaseProfile } from '../base/metadata/profiles.ts';
import type { Template } from '../processing/template.ts';
import type { SharedState } from '../run-code.ts';
import { pictures } from './hers.ts';
import { expectMonth } from './month-in-base.ts';
import { monthOf } from './months.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { loadFolder } from './steps.ts';
import { type Ending, endingOf, expectPlaces, expectReceipts, expectStatus } from './verify.ts';
import { createWorld, filesOf, type IssuedReceipt, PROCESSING, type World } from './world.ts';

export interface Stage {
  profile: BaseProfile;
  template: Template;
  /** Of all stories on this configuration. */
  shared?: SharedState;
}

/** Plays a story and proves what holds for every one: see the names of the steps. */
export async function play(scenario: Scenario, { profile, template, shared }: Stage): Promise<void> {
  const month = await monthOf(scenario.month ?? 'december');
  const world = createWorld({
    month,
    template,
    profile: scenario.profile?.(profile) ?? profile,
    settings: scenario.settings,
    shared,
  });
  try {
    const given = scenario.given?.(world) ?? {};
    const before = pictures(world.base);
    await (scenario.steps ?? loadFolder)(world);
    const outcome = { ...given, ...scenario.told?.(world) };
    const receipts = world.receipts();
    if (outcome.refused) await refused(world, outcome.refused, before, receipts);
    else await loaded(world, outcome, before, receipts);
    outcome.check?.(receipts);
  } finally {
    world.dispose();
  }
}

async function loaded(
  world: World,
  outcome: Outcome,
  before: Map<string, string>,
  receipts: IssuedReceipt[],
): Promise<void> {
  const ending = endingOf(world, outcome);
  expectReceipts(world, ending, receipts);
  expectMonth(world, ending, receipts);
  expectHersUnchanged(world, outcome, before);
  await expectTaken(world, receipts, outcome);
  await expectStatus(world, ending, outcome);
  if (!outcome.once) await expectSecondLoadChangesNothing(world, ending, outcome);
}

/** Nothing of hers is another now, and everything that is new is ours. */
function expectHersUnchanged(
  world: World,
  { changed = [], makes = [] }: Outcome,
  before: Map<string, string>,
): void {
  const allowed = new Set(changed.map(({ meta, uuid }) => `${meta.kind}.${meta.name} ${uuid}`));
  const ours = new Set(
    world.records.flatMap((record) => [
      record.uuid,
      ...('vatInvoiceUuid' in record ? [record.vatInvoiceUuid!] : []),
      ...('bank' in record ? [record.bank!.uuid] : []),
    ]),
  );
  const after = pictures(world.base);
  for (const [key, text] of before) if (!allowed.has(key)) expect(after.get(key), key).toBe(text);
  const alien = [...after.keys()].filter((key) => {
    const [kind, uuid] = key.split(' ');
    return !before.has(key) && !ours.has(uuid!) && !makes.includes(kind!);
  });
  expect(alien, 'объекты, которых нет ни у неё, ни в пакете').toEqual([]);
  expect(world.base.cut, 'обрезанные тексты').toEqual([]);
}

/** `bg1c receipt` takes every receipt. */
async function expectTaken(
  world: World,
  receipts: readonly IssuedReceipt[],
  { foreign }: Outcome,
): Promise<void> {
  const answer = await world.bg1c('receipt', ...receipts.map(({ file }) => file));
  const taken = answer.receipts as { taken: boolean; standing: string }[];
  expect(taken.map(({ taken: yes, standing }) => `${yes} ${standing}`)).toEqual(
    receipts.map(() => `true ${foreign ? 'foreign' : 'own'}`),
  );
}

async function expectSecondLoadChangesNothing(world: World, ending: Ending, outcome: Outcome): Promise<void> {
  const before = pictures(world.base);
  for (const file of world.month.files) world.drop(file);
  loadFolder(world);
  const receipts = world.receipts();
  expect([...pictures(world.base)], 'вторая загрузка').toEqual([...before]);
  expectReceipts(world, ending, receipts, true);
  expectPlaces(world, ending);
  await expectTaken(world, receipts, outcome);
  await expectStatus(world, ending, outcome, true);
}

/** The base is as it was, and whoever is to know why is told. */
async function refused(
  world: World,
  told: NonNullable<Outcome['refused']>,
  before: Map<string, string>,
  receipts: IssuedReceipt[],
): Promise<void> {
  const hers = (all: Map<string, string>): unknown => [...all].filter(([key]) => !key.includes(PROCESSING));
  expect(hers(pictures(world.base))).toEqual(hers(before));
  if ('untouched' in told) {
    expect(receipts).toEqual([]);
    expect(filesOf(world.path('outbox'))).toEqual(world.month.files.map(({ name }) => name));
    return;
  }
  for (const { name } of world.month.files) {
    const path = world.path('outbox', 'error', name);
    expect(existsSync(path), 'пакет отложен').toBe(true);
    const note = readFileSync(`${path}.txt`, 'utf8');
    expect(note).toMatch('note' in told ? told.note : told.receipt);
  }
  if ('note' in told) {
    expect(receipts).toEqual([]);
    return;
  }
  for (const { complete, objects, message } of receipts) {
    expect({ complete, objects }).toEqual({ complete: false, objects: [] });
    expect(message).toMatch(told.receipt);
  }
  await expectTaken(world, receipts, {});
  const { documents } = await world.bg1c('status', '--period', world.month.period);
  const standings = (documents as { standing: string }[]).map(({ standing }) => standing);
  expect(new Set(standings)).toEqual(new Set(['waiting']));
}
