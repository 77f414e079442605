import { escapeXml } from './escape.ts';
import { runs } from './lookup.ts';
import type { PlannedBody, PlannedElement, PlannedLeaf, WriterPlan } from './writer-plan.ts';

/**
 * Generates the body of a function that writes one record. Constant text is merged into long literals and getters are
 * called without looking anything up, so that it runs like a function written by hand.
 */
interface WriterSource {
  /** JavaScript; sees `get` (the getters), `escape`, `need` and `one`; returns the writing function. */
  source: string;
  getters: unknown[];
}

interface Code {
  prefix: string;
  lines: string[];
  getters: unknown[];
  /** The variable that text is being added to. */
  target: string;
  /** Expressions not yet added to it; the last text is kept apart, to be merged with what follows. */
  pending: string[];
  literal: string;
  names: number;
}

export function writerSource(plan: WriterPlan, prefix: string): WriterSource {
  const code: Code = { prefix, lines: [], getters: [], target: 's', pending: [], literal: '', names: 0 };
  addBody(code, plan.name, '', plan.body, 'record');
  flush(code);
  const getters = code.getters.map((_, i) => `const get${i} = get[${i}];`);
  const source = [...getters, 'return (record) => {', 'let s = "";', ...code.lines, 'return s;', '};'].join(
    '\n',
  );
  return { source, getters: code.getters };
}

function addBody(code: Code, name: string, path: string, body: PlannedBody, record: string): void {
  const tag = code.prefix + name;
  addText(code, `<${tag}`);
  for (const attribute of body.attributes) addLeaf(code, attribute, record, ` ${attribute.name}="`, '"');
  if (isCertain(body)) {
    addText(code, '>');
    addContent(code, path, body, record);
    addText(code, `</${tag}>`);
  } else if (!body.text && body.children.length === 0) {
    addText(code, '/>');
  } else {
    const content = newName(code, 'content');
    const outer = code.target;
    addLine(code, `let ${content} = "";`);
    code.target = content;
    addContent(code, path, body, record);
    flush(code);
    code.target = outer;
    addExpression(code, `(${content} === "" ? "/>" : ">" + ${content} + ${JSON.stringify(`</${tag}>`)})`);
  }
}

function addContent(code: Code, path: string, body: PlannedBody, record: string): void {
  if (body.text) addLeaf(code, body.text, record, '', '');
  if (body.choice) addChoice(code, path, body.children, record, true);
  else
    for (const run of runs(body.children)) {
      const { alternative } = run[0]!;
      if (alternative) addChoice(code, path, run, record, alternative === 'one');
      else for (const child of run) addElement(code, child, record);
    }
}

/** @param mandatory false where none of them need stand */
function addChoice(
  code: Code,
  path: string,
  choice: readonly PlannedElement[],
  record: string,
  mandatory: boolean,
): void {
  if (choice.length === 1) {
    addElement(code, { ...choice[0]!, mandatory }, record);
    return;
  }
  const count = newName(code, 'count');
  addLine(code, `let ${count} = 0;`);
  for (const child of choice) addElement(code, child, record, `${count}++;`);
  addLine(code, `if (${count} ${mandatory ? '!==' : '>'} 1) one(${JSON.stringify(path)}, ${count});`);
}

/** @param counted a statement that is run where the element is written */
function addElement(code: Code, element: PlannedElement, record: string, counted = ''): void {
  if (element.node === 'leaf') {
    const tag = code.prefix + element.name;
    addLeaf(code, element, record, `<${tag}>`, `</${tag}>`, counted);
    return;
  }
  const value = `${newGetter(code, element.get)}(${record})`;
  const path = JSON.stringify(element.path);
  const inner = newName(code, 'record');
  if (element.node === 'rows') {
    const list = newName(code, 'rows');
    addLine(code, `const ${list} = ${value};`);
    if (element.mandatory) addLine(code, `if (${list}.length === 0) need(undefined, ${path});`);
    if (counted) addLine(code, `if (${list}.length > 0) ${counted}`);
    addLine(code, `for (const ${inner} of ${list}) {`);
  } else if (element.mandatory) {
    addLine(code, `{ const ${inner} = need(${value}, ${path});`);
  } else {
    addLine(code, `const ${inner} = ${value};`);
    addLine(code, `if (${inner} !== undefined) { ${counted}`);
  }
  addBody(code, element.name, element.path, element.body, inner);
  addLine(code, '}');
}

function addLeaf(
  code: Code,
  leaf: PlannedLeaf,
  record: string,
  before: string,
  after: string,
  counted = '',
): void {
  if (leaf.constant !== undefined) {
    if (counted) addLine(code, counted);
    addText(code, before + escapeXml(leaf.constant) + after);
    return;
  }
  const value = `${newGetter(code, leaf.get)}(${record})`;
  if (leaf.mandatory) {
    addText(code, before);
    addExpression(code, escaped(leaf, `need(${value}, ${JSON.stringify(leaf.path)})`));
    addText(code, after);
    return;
  }
  const local = newName(code, 'value');
  addLine(code, `const ${local} = ${value};`);
  const text = `${JSON.stringify(before)} + ${escaped(leaf, local)} + ${JSON.stringify(after)}`;
  addLine(code, `if (${local} !== undefined) { ${counted} ${code.target} += ${text}; }`);
}

function escaped(leaf: PlannedLeaf, expression: string): string {
  return leaf.safe ? expression : `escape(${expression})`;
}

/** True where the element cannot be empty, whatever the record holds. */
function isCertain(body: PlannedBody): boolean {
  const certain = (leaf: PlannedLeaf): boolean => leaf.mandatory || leaf.constant !== undefined;
  return (
    body.choice ||
    (body.text !== undefined && certain(body.text)) ||
    body.children.some((child) => (child.node === 'leaf' ? certain(child) : child.mandatory))
  );
}

function addText(code: Code, text: string): void {
  code.literal += text;
}

function addExpression(code: Code, expression: string): void {
  endLiteral(code);
  code.pending.push(expression);
}

function addLine(code: Code, line: string): void {
  flush(code);
  code.lines.push(line);
}

function flush(code: Code): void {
  endLiteral(code);
  if (code.pending.length > 0) code.lines.push(`${code.target} += ${code.pending.join(' + ')};`);
  code.pending = [];
}

function endLiteral(code: Code): void {
  if (code.literal !== '') code.pending.push(JSON.stringify(code.literal));
  code.literal = '';
}

function newGetter(code: Code, getter: unknown): string {
  code.getters.push(getter);
  return `get${code.getters.length - 1}`;
}

function newName(code: Code, stem: string): string {
  return `${stem}${code.names++}`;
}
