import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

export type { XMLBuilder };

/** Version of the dump format: 8.3.20 and newer load it. */
export const FORMAT_VERSION = '2.17';

const METADATA_NAMESPACES = {
  xmlns: 'http://v8.1c.ru/8.3/MDClasses',
  'xmlns:app': 'http://v8.1c.ru/8.2/managed-application/core',
  'xmlns:cfg': 'http://v8.1c.ru/8.1/data/enterprise/current-config',
  'xmlns:v8': 'http://v8.1c.ru/8.1/data/core',
  'xmlns:xr': 'http://v8.1c.ru/8.3/xcf/readable',
  'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
};
const FORM_NAMESPACES = { ...METADATA_NAMESPACES, xmlns: 'http://v8.1c.ru/8.3/xcf/logform' };

/** A metadata file: `<MetaDataObject>` with one object inside. */
export function metadataXml(fill: (root: XMLBuilder) => void): Uint8Array {
  return xmlBytes('MetaDataObject', METADATA_NAMESPACES, fill);
}

/** A form file: `<Form>` with layout, attributes and commands. */
export function formXml(fill: (root: XMLBuilder) => void): Uint8Array {
  return xmlBytes('Form', FORM_NAMESPACES, fill);
}

/** As the Designer writes: UTF-8 with BOM, tabs, CR LF. */
function xmlBytes(
  name: string,
  namespaces: Record<string, string>,
  fill: (root: XMLBuilder) => void,
): Uint8Array {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele(name, {
    ...namespaces,
    version: FORMAT_VERSION,
  });
  fill(root);
  const text = root.end({ prettyPrint: true, indent: '\t', newline: '\r\n' });
  return Buffer.from(`\uFEFF${text}`, 'utf8');
}

/** `<Title><v8:item><v8:lang>ru</v8:lang><v8:content>…`, an empty element without a text. */
export function localizedXml(parent: XMLBuilder, element: string, text: string | undefined): void {
  const node = parent.ele(element);
  if (!text) return;
  const item = node.ele('v8:item');
  item.ele('v8:lang').txt('ru');
  item.ele('v8:content').txt(text);
}

/** An element with a text, left out where there is none. */
export function valueXml(
  parent: XMLBuilder,
  element: string,
  text: string | number | boolean | undefined,
): void {
  if (text !== undefined) parent.ele(element).txt(String(text));
}
