import type { Description, Template } from '../description/description.ts';
import { atomOf, counted, listOf, type Node, parseBracket, textOf } from './bracket.ts';
import { isContainer, readContainer, readInnerFiles } from './container.ts';
import { type ReadForm, type ReadObjectAttribute, readForm } from './form.ts';
import { readLocalSynonym, readType } from './value.ts';

/** What an .epf says of itself, in the words of the description. */
export interface ReadProcessing extends Omit<Description, 'module' | 'exports' | 'templates' | 'forms'> {
  /** `216.80315`: storage format and compatibility mode. */
  version: string;
  module: string;
  templates: (Omit<Template, 'file'> & { text: string })[];
  forms: ReadForm[];
}

/**
 * Opens an .epf as a stranger would: container, bracket texts, records. Shares no code with the builder, so that
 * what it gives back proves what the builder wrote. Throws where the file does not make sense.
 */
export function readProcessing(epf: Uint8Array): ReadProcessing {
  const files = readInnerFiles(epf);
  const bracket = (name: string): Node[] => listOf(parseBracket(textFile(files, name)), name);
  const fileId = atomOf(bracket('root')[1], 'root');
  const version = listOf(bracket('version')[0], 'version');
  const object = bracket(fileId);
  const body = listOf(listOf(object[3], 'объект')[1], 'объект');
  const head = listOf(body[1], 'заголовок объекта');
  const header = readHeader(listOf(head[3], 'заголовок объекта')[1]);
  const [sections, templates, forms, attributes] = lists(body);
  if (sections!.length > 0) throw new Error('табличных частей в описании нет');
  const formIds = forms!.map((one) => atomOf(one, 'форма'));
  const typeId = atomOf(head[1], 'тип объекта');
  const objectAttributes = attributes!.map(readObjectAttribute);
  const read = formIds.map((id) =>
    readForm(formTitle(bracket(id)), bracket(`${id}.0`), typeId, objectAttributes),
  );
  const defaultAt = formIds.indexOf(atomOf(head[4], 'основная форма'));
  if (defaultAt < 0) throw new Error('основной формы нет в списке форм');
  return {
    version: `${atomOf(version[0], 'version')}.${atomOf(listOf(version[2], 'version')[0], 'version')}`,
    name: header.name,
    synonym: header.title,
    ...(header.comment !== '' && { comment: header.comment }),
    module: readModule(files.get(`${header.uuid}.0`)),
    defaultForm: read[defaultAt]!.name,
    attributes: objectAttributes.map(({ name, title, type }) => ({ name, title, type })),
    templates: templates!.map((one) => {
      const id = atomOf(one, 'макет');
      const { name, title } = readHeader(listOf(bracket(id)[1], 'макет')[2]);
      return { name, title, text: unixLines(textFile(files, `${id}.0`)) };
    }),
    forms: read,
  };
}

/** The four lists of the object: tabular sections, templates, forms, attributes. */
function lists(body: readonly Node[]): Node[][] {
  return counted(body, 2, 'списки объекта').map(([one]) =>
    counted(listOf(one, 'список объекта'), 1, 'список объекта').map(([node]) => node!),
  );
}

function readHeader(node: Node | undefined): { uuid: string; name: string; title: string; comment: string } {
  const header = listOf(node, 'заголовок');
  return {
    uuid: atomOf(listOf(header[1], 'заголовок')[2], 'uuid'),
    name: textOf(header[2], 'имя'),
    title: readLocalSynonym(header[3]),
    comment: textOf(header[4], 'комментарий'),
  };
}

function formTitle(header: readonly Node[]): { name: string; title: string } {
  const form = listOf(listOf(listOf(header[1], 'форма')[1], 'форма')[1], 'форма');
  if (form[3] !== '1') throw new Error('форма не управляемая');
  return readHeader(form[1]);
}

function readObjectAttribute(node: Node): ReadObjectAttribute {
  const record = listOf(listOf(listOf(node, 'реквизит')[0], 'реквизит')[1], 'реквизит');
  const description = listOf(record[1], 'реквизит');
  const { uuid, name, title } = readHeader(description[1]);
  return { uuid, name, title, type: readType(description[2]) ?? '' };
}

function readModule(bytes: Buffer | undefined): string {
  if (!bytes || !isContainer(bytes)) throw new Error('модуль объекта — не контейнер');
  return unixLines(textFile(readContainer(bytes), 'text'));
}

function textFile(files: ReadonlyMap<string, Buffer>, name: string): string {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`нет файла ${name}`);
  const text = bytes.toString('utf8');
  if (!text.startsWith('\uFEFF')) throw new Error(`файл ${name}: нет BOM`);
  return text.slice(1);
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
