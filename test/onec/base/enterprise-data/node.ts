import { BslException } from '../../language/errors.ts';
import { localOf, type XmlEvent, xmlEvents } from '../../library/xml-events.ts';

/** An element of a message, read whole. */
export interface Node {
  name: string;
  namespace: string;
  children: Node[];
  text: string;
}

/** What a loader reads of a message: the header, then the objects of the body one after another. */
export interface Message {
  /** Value of Format in the header. */
  format: string;
  /** Reading on may fail: whatever was read before has been dealt with by then. */
  objects: Iterable<Node>;
}

/** @throws BslException where the frame is not that of a message */
export function openMessage(text: string): Message {
  const events = xmlEvents(text.replace(/^\ufeff/, ''));
  const expectStart = (name: string): XmlEvent & { kind: 'start' } => {
    const event = events.next().value as XmlEvent | undefined;
    if (event?.kind !== 'start' || localOf(event.name) !== name)
      throw new BslException('Ошибка чтения сообщения загрузки. Неверный формат сообщения.');
    return event;
  };
  expectStart('Message');
  const header = readNode(expectStart('Header'), events);
  expectStart('Body');
  return { format: childText(header, 'Format') ?? '', objects: bodyObjects(events) };
}

function* bodyObjects(events: Iterator<XmlEvent>): Generator<Node> {
  for (;;) {
    const { value: event, done } = events.next();
    if (done || event.kind === 'end') return;
    if (event.kind === 'start') yield readNode(event, events);
  }
}

function readNode(start: XmlEvent & { kind: 'start' }, events: Iterator<XmlEvent>): Node {
  const node: Node = { name: localOf(start.name), namespace: start.namespace, children: [], text: '' };
  for (;;) {
    const { value: event, done } = events.next();
    if (done || event.kind === 'end') return node;
    if (event.kind === 'start') node.children.push(readNode(event, events));
    if (event.kind === 'text') node.text += event.text;
  }
}

export function child(node: Node, name: string): Node | undefined {
  return node.children.find((one) => one.name === name);
}

/** The text of a child; undefined where there is none. */
export function childText(node: Node, name: string): string | undefined {
  return child(node, name)?.text;
}

/** Rows of a table part: `Строка` inside the element. */
export function rowsOf(node: Node, name: string): Node[] {
  return (child(node, name)?.children ?? []).filter((one) => one.name === 'Строка');
}
