import { parseValueType } from '../description/value-type.ts';
import type { XMLBuilder } from './xml.ts';

/** `<Type>` of an attribute or column; empty for `any`. */
export function typeXml(parent: XMLBuilder, text: string): void {
  const type = parseValueType(text)!;
  const node = parent.ele('Type');
  switch (type.kind) {
    case 'string': {
      node.ele('v8:Type').txt('xs:string');
      const qualifiers = node.ele('v8:StringQualifiers');
      qualifiers.ele('v8:Length').txt(String(type.length));
      qualifiers.ele('v8:AllowedLength').txt('Variable');
      return;
    }
    case 'number': {
      node.ele('v8:Type').txt('xs:decimal');
      const qualifiers = node.ele('v8:NumberQualifiers');
      qualifiers.ele('v8:Digits').txt(String(type.digits));
      qualifiers.ele('v8:FractionDigits').txt(String(type.fraction));
      qualifiers.ele('v8:AllowedSign').txt('Any');
      return;
    }
    case 'boolean':
      node.ele('v8:Type').txt('xs:boolean');
      return;
    case 'date':
    case 'dateTime':
      node.ele('v8:Type').txt('xs:dateTime');
      node
        .ele('v8:DateQualifiers')
        .ele('v8:DateFractions')
        .txt(type.kind === 'date' ? 'Date' : 'DateTime');
      return;
    case 'any':
  }
}

/** `<Type>` that is known by name: `v8:ValueTable`, `cfg:ExternalDataProcessorObject.…`. */
export function namedTypeXml(parent: XMLBuilder, name: string): void {
  parent.ele('Type').ele('v8:Type').txt(name);
}
