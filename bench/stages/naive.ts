import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { fragment as xmlFragment } from 'xmlbuilder2';
import { createStopwatch, type StageResult } from '../measure.ts';
import { createEncoder, walkObjects } from './walk.ts';

/** What one would write first: the message by libraries, out of ready JavaScript objects. */

/** The slow ways are measured over the first documents only. */
const SLOW_DOCUMENTS = 2000;

/** xmlbuilder2: a tree of each object. */
export async function fragment(folder: string): Promise<StageResult> {
  return slow(folder, (tree) => xmlFragment(tree).end());
}

/** fast-xml-parser: its builder, an object at a time. */
export async function builder(folder: string): Promise<StageResult> {
  const xml = new XMLBuilder({ ignoreAttributes: false });
  return slow(folder, (tree) => xml.build(tree));
}

async function slow(folder: string, write: (tree: object) => string): Promise<StageResult> {
  const watch = createStopwatch();
  const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: false });
  const encode = createEncoder();
  let documents = 0;
  let bytes = 0;
  await walkObjects(folder, () => (objects) => {
    if (documents >= SLOW_DOCUMENTS) return;
    const trees = objects.map(({ xml }) => parser.parse(xml) as object);
    bytes += watch.time(() => encode(trees.map(write)));
    documents += objects.filter(({ element }) => element.startsWith('Документ.')).length;
  });
  return { ...watch.read(), amounts: { documents, bytes } };
}
