import { escapeXml } from './escape.ts';
import { runs } from './lookup.ts';
import type { ObjectType, Profile, ProfileType, Property, SimpleType } from './profile.ts';

/** A schema document and the name under which others import it. */
export interface XsdDocument {
  name: string;
  text: string;
}

const OWN_TEXT = '#text';

/**
 * The strict XSD of a profile: its roots are global elements; nothing is open, so whatever the profile does not name
 * is refused.
 */
export function profileXsd(profile: Profile): string {
  return schemaText(profile, []);
}

/**
 * The XSD set of whole EnterpriseData messages: `Message` without namespace around `Header` and `Body`, which holds
 * any number of the profile's roots. The packages declare no elements; these are ours (facts of EnterpriseData, §2).
 * @returns the entry first, then what it imports
 */
export function messageXsd(body: Profile, header: Profile): XsdDocument[] {
  const roots = Object.entries(body.roots).map(
    ([name, type]) => `<xs:element name="${name}" type="t:${type}"/>`,
  );
  const bodyElement =
    `<xs:element name="Body"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">${roots.join('')}` +
    '</xs:choice></xs:complexType></xs:element>';
  const message = [
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:h="${header.namespace}" xmlns:b="${body.namespace}">`,
    `<xs:import namespace="${header.namespace}" schemaLocation="header.xsd"/>`,
    `<xs:import namespace="${body.namespace}" schemaLocation="body.xsd"/>`,
    '<xs:element name="Message"><xs:complexType><xs:sequence>',
    '<xs:element ref="h:Header"/><xs:element ref="b:Body"/>',
    '</xs:sequence></xs:complexType></xs:element>',
    '</xs:schema>\n',
  ].join('\n');
  return [
    { name: 'message.xsd', text: message },
    { name: 'header.xsd', text: profileXsd(header) },
    { name: 'body.xsd', text: schemaText({ ...body, roots: {} }, [bodyElement]) },
  ];
}

function schemaText(profile: Profile, elements: readonly string[]): string {
  const namespace = escapeXml(profile.namespace);
  const target = namespace === '' ? '' : ` targetNamespace="${namespace}" xmlns:t="${namespace}"`;
  const reference = referenceTo(namespace);
  return [
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${target} elementFormDefault="qualified">`,
    ...Object.entries(profile.types).map(([name, type]) => typeText(name, type, reference)),
    ...Object.entries(profile.roots).map(
      ([name, type]) => `<xs:element name="${name}" type="${reference(type)}"/>`,
    ),
    ...elements,
    '</xs:schema>\n',
  ].join('\n');
}

type Reference = (type: string) => string;

/** Built-ins carry their prefix already; a schema without namespace refers to its types by bare name. */
function referenceTo(namespace: string): Reference {
  return (type) => (type.startsWith('xs:') || namespace === '' ? type : `t:${type}`);
}

function typeText(name: string, type: ProfileType, reference: Reference): string {
  return type.kind === 'simple' ? simpleText(name, type) : objectText(name, type, reference);
}

function simpleText(name: string, type: SimpleType): string {
  const { kind: _kind, base, enumeration = [], pattern = [], ...facets } = type;
  const lines = [
    ...Object.entries(facets).map(([facet, value]) => `<xs:${facet} value="${value}"/>`),
    ...enumeration.map((value) => `<xs:enumeration value="${escapeXml(value)}"/>`),
    ...pattern.map((value) => `<xs:pattern value="${escapeXml(value)}"/>`),
  ];
  return `<xs:simpleType name="${name}"><xs:restriction base="${base}">${lines.join('')}</xs:restriction></xs:simpleType>`;
}

function objectText(name: string, type: ObjectType, reference: Reference): string {
  const attributes = type.properties
    .filter(({ attribute }) => attribute)
    .map((one) => attributeText(one, reference));
  const text = type.properties.find((property) => property.name === OWN_TEXT);
  const content = text
    ? `<xs:simpleContent><xs:extension base="${reference(text.type)}">${attributes.join('')}</xs:extension></xs:simpleContent>`
    : elementsText(type, reference) + attributes.join('');
  return `<xs:complexType name="${name}">${content}</xs:complexType>`;
}

function elementsText(type: ObjectType, reference: Reference): string {
  const elements = type.properties.filter(({ attribute }) => !attribute);
  const lines = runs(elements).flatMap((run) => {
    const texts = run.map((one) => elementText(one, reference));
    return run[0]!.alternative ? ['<xs:choice>', ...texts, '</xs:choice>'] : texts;
  });
  return `<xs:${type.content}>\n${lines.join('\n')}\n</xs:${type.content}>`;
}

function elementText({ name, type, min, max, nillable }: Property, reference: Reference): string {
  const occurs = `${min === 1 ? '' : ` minOccurs="${min}"`}${max === 1 ? '' : ` maxOccurs="${max ?? 'unbounded'}"`}`;
  return `<xs:element name="${name}" type="${reference(type)}"${occurs}${nillable ? ' nillable="true"' : ''}/>`;
}

function attributeText({ name, type, min }: Property, reference: Reference): string {
  return `<xs:attribute name="${name}" type="${reference(type)}"${min === 0 ? '' : ' use="required"'}/>`;
}
