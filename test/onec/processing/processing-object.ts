import type { Cell } from '../language/args.ts';
import { callMethod } from '../language/call.ts';
import type { ModuleContext } from '../language/context.ts';
import { BslException } from '../language/errors.ts';
import { instantiate } from '../language/interpreter.ts';
import type { Machine, ModuleInstance } from '../language/machine.ts';
import { type BslObject, defineType, methodTable, type ObjectType } from '../language/object-type.ts';
import { newTextDocument } from '../library/text-files.ts';
import { type Template, templateText } from './template.ts';
import { specOfDescription, typedCell } from './typed-cell.ts';

/** ВнешняяОбработкаОбъект: the object module with its attributes. */
export interface ProcessingObject extends BslObject {
  readonly machine: Machine;
  readonly instance: ModuleInstance;
  /** By name in lower case. */
  readonly attributes: ReadonlyMap<string, Cell>;
}

const processingType: ObjectType<ProcessingObject> = defineType<ProcessingObject>('ВнешняяОбработкаОбъект', {
  dynamic: {
    get: ({ attributes }, name) => attributes.get(name.toLowerCase())?.value,
    set: ({ attributes }, name, value) => {
      const cell = attributes.get(name.toLowerCase());
      if (cell) cell.value = value;
      return cell !== undefined;
    },
    call: ({ machine, instance }, name, args) => {
      const method = instance.code.server.methods.get(name.toLowerCase());
      if (!method?.exported) return undefined;
      return { result: callMethod(machine, instance, method, args.list) };
    },
  },
  closed: true,
});

export function createProcessingObject(machine: Machine, template: Template): ProcessingObject {
  const attributes = new Map(
    template.loaded.description.attributes.map(({ name, type }) => [
      name.toLowerCase(),
      typedCell(specOfDescription(type)),
    ]),
  );
  const methods = methodTable<undefined>({
    'ПолучитьМакет(Имя)': (_, args) => {
      const text = templateText(template, args.text(0));
      if (text === undefined) throw new BslException(`Макет не найден (${args.text(0)})`);
      return newTextDocument(text);
    },
  });
  const own: { value?: Cell } = {};
  const context: ModuleContext = {
    property: (name) => (name === 'этотобъект' ? own.value : attributes.get(name)),
    method: (name) => methods.get(name),
  };
  own.value = { value: '', fixed: true };
  const instance = instantiate(machine, template.object, context);
  const object: ProcessingObject = { type: processingType, machine, instance, attributes };
  own.value.value = object;
  return object;
}
