import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStage } from '../../src/package/stage.ts';
import { originsHead } from '../../src/pipeline/build/origins.ts';
import { checkRecord } from '../../src/rules/records.ts';
import { createBesideChecker } from '../../src/schema/check-beside.ts';
import { loadProfile } from '../../src/schema/load.ts';
import { createValidator, type Validator } from '../../src/schema/validate.ts';
import { messageXsd } from '../../src/schema/xsd.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { templatesOf } from '../template.ts';
import { type OpenMonth, openMonth } from './month.ts';
import { stagedFolder, writeStaged } from './staged.ts';
import { createEncoder, walk, walkObjects, walkOpen, walkParts } from './walk.ts';

/** Objects in one document for the schema check: a floor takes more than the product, which holds a tree of 125. */
const OBJECTS_PER_CHECK = 800;

/** Rows of a contract → records, with all rules. */
export async function assemble(folder: string): Promise<StageResult> {
  const watch = createStopwatch();
  const documents = await walk(folder, () => () => {}, watch);
  return { ...watch.read(), amounts: { documents } };
}

/** One batch of so many is compared with the templates: what is kept for it burdens both. */
const COMPARED = 16;

/** Records → objects of the message, as text. */
export async function message(folder: string): Promise<StageResult> {
  return (await writers(folder)).message;
}

/** Floor: the same objects by templates written by hand. */
export async function template(folder: string): Promise<StageResult> {
  return (await writers(folder)).template;
}

/** Both over the same records, by turns who comes first: the second one finds them in the caches. */
async function writers(folder: string): Promise<{ message: StageResult; template: StageResult }> {
  const [ours, floor] = [createStopwatch(), createStopwatch()];
  const [encodeOurs, encodeFloor] = [createEncoder(), createEncoder()];
  const bytes = { ours: 0, floor: 0 };
  let different = 0;
  let batches = 0;
  const documents = await walkParts(folder, ({ format }) => {
    const write = format.part();
    const templates = templatesOf(format.organization);
    return (batch) => {
      let own: string[] = [];
      let byHand: string[] = [];
      const turns = [
        () =>
          ours.time(() => {
            own = batch.flatMap(write).map(({ xml }) => xml);
            bytes.ours += encodeOurs(own);
          }),
        () =>
          floor.time(() => {
            byHand = batch.flatMap(templates);
            bytes.floor += encodeFloor(byHand);
          }),
      ];
      for (const turn of batches % 2 === 0 ? turns : turns.reverse()) turn();
      if (batches++ % COMPARED === 0) different += own.filter((xml, at) => xml !== byHand[at]).length;
    };
  });
  const note = `${different} of the objects compared differ from the compiled writer's`;
  const ratio = (floor.read().cpu / ours.read().cpu).toFixed(2);
  return {
    message: {
      ...ours.read(),
      amounts: { documents, bytes: bytes.ours },
      note: `${ratio}× the template by turns in one process`,
    },
    template: {
      ...floor.read(),
      amounts: { documents, bytes: bytes.floor },
      ...(different > 0 && { note }),
    },
  };
}

/** Floor: the lines of documents.jsonl and origins.jsonl. */
export async function lines(folder: string): Promise<StageResult> {
  const watch = createStopwatch();
  let bytes = 0;
  const encode = createEncoder();
  const documents = await walkObjects(folder, () => (objects, batch) => {
    watch.time(() => {
      const records = batch.flatMap(({ counterparty, contract, documents: all }) => [
        counterparty,
        contract,
        ...all,
      ]);
      bytes += encode(records.map(({ record }) => JSON.stringify(record)));
      bytes += encode(
        objects.map(({ uuid, element, rows, lines: own }) =>
          JSON.stringify({ uuid, element, rows, lines: own }),
        ),
      );
    });
  });
  return { ...watch.read(), amounts: { documents, bytes } };
}

/** The schema check of the message, in documents of some hundred objects. */
export async function xsd(folder: string): Promise<StageResult> {
  const watch = createStopwatch();
  let bytes = 0;
  let waiting: string[] = [];
  let compiled: Validator | undefined;
  const documents = await walkObjects(folder, (open) => {
    const { format } = open;
    compiled ??= validatorOf(open);
    const validator = compiled;
    return (objects) => {
      waiting.push(...objects.map(({ xml }) => xml));
      if (waiting.length < OBJECTS_PER_CHECK) return;
      const xml = Buffer.from(`${format.head(1)}${waiting.join('\n')}\n${format.tail}`);
      const problems = watch.time(() => validator.check(xml));
      if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
      bytes += xml.length;
      waiting = [];
    };
  });
  return { ...watch.read(), amounts: { documents, bytes } };
}

/** The whole of writing: message, lines, checks of records and schema, to the disk. Packing reads what it leaves. */
export async function stage(folder: string): Promise<StageResult> {
  const staged = stagedFolder(folder);
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  const open = await openMonth(folder);
  const { config, source, format } = open;
  const schemas = messageXsd(format.profile, loadProfile('exchange-message', '3.1'));
  const checker = createBesideChecker(schemas);
  const watch = createStopwatch();
  const writer = createStage({
    folder: staged,
    format,
    origins: originsHead(source, config, format),
    checker,
    checkRecord,
    report(found) {
      throw new Error(JSON.stringify(found));
    },
  });
  const documents = await walkOpen(
    open,
    () => (batch) =>
      watch.time(async () => {
        for (const contract of batch) await writer.add(contract);
      }),
  );
  const parts = await watch.time(() => writer.finish());
  checker.dispose();
  for (const { name, text } of schemas) writeFileSync(join(staged, name), text);
  const bytes = writeStaged(folder, { head: format.head(1), tail: format.tail, parts });
  return { ...watch.read(), amounts: { documents, bytes } };
}

function validatorOf({ format }: OpenMonth): Validator {
  return createValidator(messageXsd(format.profile, loadProfile('exchange-message', '3.1')));
}
