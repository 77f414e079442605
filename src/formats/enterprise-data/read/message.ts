import { loadWrittenTypes } from '../../../schema/load.ts';
import { readElements, type XmlElement, XmlProblem } from '../../../schema/read-elements.ts';
import { MESSAGE_NAMESPACE } from '../../../schema/simple-types.ts';
import { textOf } from './dig.ts';

/** What a message says of itself. */
export interface MessageHeader {
  /** `1.20` */
  version: string;
  /** Namespace of the objects: the format of this version. */
  namespace: string;
  element: XmlElement;
}

/** The header first, then the objects of Body. */
export type MessagePart = { header: MessageHeader } | { object: XmlElement };

/**
 * Reads an EnterpriseData message of any version and size as 1C does: Message, in it Header and Body (facts:
 * EnterpriseData §3).
 * @param chunks the file, UTF-8
 * @throws XmlProblem where it is no such message; objects before the mistake have been given by then
 */
export async function* readMessage(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<MessagePart> {
  let header: MessageHeader | undefined;
  const enter = (names: readonly string[]): boolean => {
    if (names[0] !== 'Message') throw new XmlProblem(`корневой элемент — ${names[0]}, а нужен Message`);
    return names.length === 1 || (names.length === 2 && names[1] === 'Body');
  };
  for await (const element of readElements(chunks, enter)) {
    if (element.name === 'Header' && element.namespace === MESSAGE_NAMESPACE && !header) {
      header = headerOf(element);
      yield { header };
    } else if (!header) throw new XmlProblem(`первым в Message стоит ${element.name}, а нужен Header`);
    else yield { object: element };
  }
  if (!header) throw new XmlProblem('в сообщении нет Header');
}

function headerOf(element: XmlElement): MessageHeader {
  const format = textOf(element, 'Format') ?? '';
  const [start = ''] = loadWrittenTypes('enterprise-data').namespace.split('{version}');
  const [namespace = ''] = format.split(' ');
  const version = namespace.startsWith(start) ? namespace.slice(start.length) : '';
  if (!/^\d+(\.\d+)+$/.test(version))
    throw new XmlProblem(`формат сообщения — «${format}», а нужен ${start}<версия>`);
  return { version, namespace, element };
}
