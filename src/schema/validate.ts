import {
  type ErrorDetail,
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import type { XsdDocument } from './xsd.ts';

/** What libxml2 has against a document, in its own (English) words, without namespaces. */
export interface XsdProblem {
  line: number;
  message: string;
  /** Local name of the element, where the message names one. */
  element?: string;
  /** As libxml2 gives it: elements of a default namespace are `*[n]`. */
  xpath?: string;
}

/** Checks documents against one schema, compiled once. It holds memory outside of JavaScript: dispose of it. */
export interface Validator {
  /** @returns nothing where the document is valid; a document that is not well-formed gives its first problem */
  check(xml: string | Uint8Array): XsdProblem[];
  dispose(): void;
}

/** Lines above 65 535 are counted; nothing is loaded from outside the document. */
const PARSE = ParseOption.XML_PARSE_BIG_LINES | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;

/** Schema documents being compiled, by URL: libxml2 asks for what they import. */
const sources = new XmlBufferInputProvider({});
let registered = false;
let compiled = 0;

/**
 * @param documents the entry first, then what it imports by name
 * @throws Error where the schema itself is wrong
 */
export function createValidator(documents: readonly XsdDocument[]): Validator {
  if (!registered) registered = xmlRegisterInputProvider(sources);
  const folder = `bg1c:/schema/${compiled++}/`;
  const [entry, ...imported] = documents;
  if (!entry) throw new Error('a schema without documents');
  for (const { name, text } of imported) sources.addBuffer(folder + name, Buffer.from(text));
  const schema = XmlDocument.fromString(entry.text, { url: folder + entry.name });
  let validator: XsdValidator;
  try {
    validator = XsdValidator.fromDoc(schema);
  } finally {
    schema.dispose();
    for (const { name } of imported) sources.removeBuffer(folder + name);
  }
  return { check: (xml) => check(validator, xml), dispose: () => validator.dispose() };
}

function check(validator: XsdValidator, xml: string | Uint8Array): XsdProblem[] {
  let document: XmlDocument | undefined;
  try {
    const options = { option: PARSE };
    document =
      typeof xml === 'string' ? XmlDocument.fromString(xml, options) : XmlDocument.fromBuffer(xml, options);
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const problems = error.details.map(problem);
    return problems.length > 0 ? problems : [{ line: 0, message: error.message }];
  } finally {
    document?.dispose();
  }
}

const NAMESPACE = /\{(?:https?|urn):[^{}]*\}/g;

function problem({ line, message, xpath }: ErrorDetail): XsdProblem {
  const text = message.trim().replace(NAMESPACE, '');
  const element = /^Element '([^']+)'/.exec(text)?.[1];
  return { line, message: text, ...(element !== undefined && { element }), ...(xpath && { xpath }) };
}
