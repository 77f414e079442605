import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../../src/schema/load.ts';
import type { ObjectType, Property, SimpleType } from '../../../src/schema/profile.ts';
import { parseElement, type XmlElement } from '../../../src/schema/read-elements.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { NO_REFERENCE, named, REFERENCE } from '../../schema/reference.ts';

/** The profile is written by hand: here it is held against the schema that it was written from. */
describe.skipIf(NO_REFERENCE)(named('the profile of CommerceML 2.10', NO_REFERENCE), () => {
  const profile = loadProfile('commerceml', '2.10');
  const bytes = NO_REFERENCE
    ? Buffer.from('')
    : readFileSync(`${REFERENCE}../commerceml/commerceml-2.10.xsd`);
  const schema = NO_REFERENCE ? undefined : parseElement(bytes.toString('utf8').replace(/^\uFEFF/, ''));

  function declared(kind: string, name: string | undefined): XmlElement | undefined {
    const local = name?.replace(/^\w+:/, '');
    return schema!.children.find((one) => one.name === kind && one.attributes.name === local);
  }

  const inside = (element: XmlElement, name: string): XmlElement | undefined =>
    element.children.find((one) => one.name === name);

  interface Element {
    name: string;
    min: number;
    max: number | null;
    declaration: XmlElement;
  }

  /** Elements and attributes of a complex type, with those of its base and its groups, in order. */
  function content(type: XmlElement, optional = false): Element[] {
    return type.children.flatMap((one): Element[] => {
      const { name, ref, base, use, minOccurs = '1', maxOccurs = '1' } = one.attributes;
      const loose = optional || minOccurs === '0' || one.name === 'choice';
      if (one.name === 'attribute')
        return [{ name: name!, min: use === 'required' ? 1 : 0, max: 1, declaration: one }];
      if (one.name === 'element')
        return [
          {
            name: name ?? ref!.replace(/^\w+:/, ''),
            min: loose ? 0 : 1,
            max: maxOccurs === 'unbounded' ? null : Number(maxOccurs),
            declaration: name === undefined ? declared('element', ref)! : one,
          },
        ];
      if (one.name === 'group') return content(declared('group', ref)!, loose);
      if (one.name === 'extension')
        return [...content(declared('complexType', base)!, loose), ...content(one, loose)];
      return ['sequence', 'choice', 'complexContent'].includes(one.name) ? content(one, loose) : [];
    });
  }

  /** What the schema says of an element's type: a structure, or facets with those of the base. */
  function complexOf({ attributes, children }: XmlElement): XmlElement | undefined {
    return children.find(({ name }) => name === 'complexType') ?? declared('complexType', attributes.type);
  }

  function simpleOf(element: XmlElement): SimpleType {
    const type = inside(element, 'simpleType') ?? declared('simpleType', element.attributes.type)!;
    const restriction = inside(type, 'restriction')!;
    const base = restriction.attributes.base!;
    const found: SimpleType = declared('simpleType', base)
      ? simpleOf({ ...element, children: [], attributes: { type: base } })
      : { kind: 'simple', base: base.replace(/^\w+:/, 'xs:') as SimpleType['base'] };
    for (const { name, attributes } of restriction.children) {
      const value = attributes.value!;
      if (name === 'enumeration') found.enumeration = [...(found.enumeration ?? []), value];
      else if (name === 'pattern') found.pattern = [...(found.pattern ?? []), value];
      else if (name === 'length')
        Object.assign(found, { minLength: Number(value), maxLength: Number(value) });
      else Object.assign(found, { [name]: Number(value) });
    }
    return found;
  }

  function compare(path: string, { type, name }: Property, declaration: XmlElement): void {
    const ours = profile.types[type]!;
    if (ours.kind === 'simple') expect(ours, `${path}/${name}`).toEqual(simpleOf(declaration));
    else compareObject(`${path}/${name}`, ours, complexOf(declaration)!);
  }

  function compareObject(path: string, { properties }: ObjectType, official: XmlElement): void {
    const elements = content(official);
    const mine = properties.filter(({ name }) => name !== '#text');
    for (const property of mine) {
      const found = elements.find(({ name }) => name === property.name);
      expect(found, `${path}/${property.name} is in the schema`).toBeDefined();
      expect(property.max, `${path}/${property.name}`).toBe(found!.max);
      if (!property.alternative && property.min === 0) expect(found!.min, `${path}/${property.name}`).toBe(0);
      compare(path, property, found!.declaration);
    }
    for (const { name, min } of elements)
      if (min > 0)
        expect(
          mine.map((one) => one.name),
          `${path} has ${name}`,
        ).toContain(name);
  }

  it('names its schema', () => {
    expect(profile.origin).toEqual({ file: 'commerceml-2.10.xsd', sha256: sha256(bytes) });
    expect(profile.namespace).toBe(schema!.attributes.targetNamespace);
  });

  it.each(Object.keys(profile.roots))('says of %s only what the schema says', (root) => {
    const element = declared('element', root)!;
    compareObject(root, profile.types[root] as ObjectType, complexOf(element)!);
  });
});
