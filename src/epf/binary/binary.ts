import { deflateRawSync } from 'node:zlib';
import { sha256, uuidV5 } from '../../support/ids.ts';
import { type LoadedTemplate, moduleText } from '../description/load.ts';
import { formIds, objectIds } from '../description/resolve.ts';
import { type Bracket, bracketText } from './bracket.ts';
import { type Entry, writeContainer } from './container.ts';
import { formBody, formHeader } from './form.ts';
import { copyInfoFile, objectFile, rootFile, templateHeader, versionFile, versionsFile } from './object.ts';

/** Tells 1C that the module beside it is text. */
const MODULE_INFO = '\uFEFF{3,1,0,"",0}';

/**
 * The .epf file. Same description, same bytes — under one version of zlib; the inner files are the same everywhere.
 */
export function buildBinary(loaded: LoadedTemplate): Buffer {
  const files = innerFiles(loaded);
  const names = [...files.keys(), 'versions'].sort();
  const marks = ['', ...names].map((name): [string, string] => [name, changeMark(name, files.get(name))]);
  files.set('versions', bracketBytes(versionsFile(marks)));
  return writeContainer(names.map((name) => ({ name, data: deflateRawSync(files.get(name)!) })));
}

/** Inner files by name, without `versions`, not deflated. */
export function innerFiles(loaded: LoadedTemplate): Map<string, Buffer> {
  const { description, texts } = loaded;
  const ids = objectIds(description.name);
  const files = new Map<string, Buffer>();
  files.set(ids.file, bracketBytes(objectFile(description, ids)));
  files.set(`${ids.object}.0`, objectModule(moduleText(loaded, description.module)));
  for (const template of description.templates) {
    const uuid = ids.template(template.name);
    files.set(uuid, bracketBytes(templateHeader(uuid, template.name, template.title)));
    files.set(`${uuid}.0`, textBytes(texts.get(template.file)!));
  }
  for (const form of description.forms) {
    const uuid = ids.form(form.name);
    const body = formBody(form, description, ids, formIds(form), moduleText(loaded, form.module));
    files.set(uuid, bracketBytes(formHeader(uuid, form.name, form.title)));
    files.set(`${uuid}.0`, bracketBytes(body));
  }
  files.set('copyinfo', bracketBytes(copyInfoFile()));
  files.set('root', bracketBytes(rootFile(ids)));
  files.set('version', bracketBytes(versionFile()));
  return files;
}

/** A container of its own. Its entries must not be deflated: 1C answers «ошибка формата потока». */
function objectModule(text: string): Buffer {
  const entries: Entry[] = [
    { name: 'info', data: Buffer.from(MODULE_INFO, 'utf8') },
    { name: 'text', data: textBytes(text) },
  ];
  return writeContainer(entries);
}

function textBytes(text: string): Buffer {
  return Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf8');
}

function bracketBytes(root: Bracket): Buffer {
  return Buffer.from(bracketText(root), 'utf8');
}

function changeMark(name: string, content: Buffer | undefined): string {
  return uuidV5(`epf:version:${name}:${content ? sha256(content) : ''}`);
}
