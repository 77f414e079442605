import type { Cell } from './args.ts';
import type { MethodDefinition } from './object-type.ts';

/** What a module sees as its own without declaring it: attributes of a form, ЭтотОбъект, ПолучитьМакет() … */
export interface ModuleContext {
  /** @param name in lower case; the setter of what cannot be written throws */
  property(name: string): Cell | undefined;
  /** @param name in lower case */
  method(name: string): MethodDefinition<undefined> | undefined;
}

export const NO_CONTEXT: ModuleContext = { property: () => undefined, method: () => undefined };
