import type { Form } from '../../../src/epf/description/description.ts';
import { type LoadedTemplate, loadTemplate, moduleText } from '../../../src/epf/description/load.ts';
import { shipped } from '../../../src/support/root.ts';
import { compileModule, type ModuleCode } from '../language/module-code.ts';

/** The external processing: its description and its modules, ready to run. */
export interface Template {
  loaded: LoadedTemplate;
  object: ModuleCode;
  form: { description: Form; code: ModuleCode };
}

/** @param folder of `description.yaml` and the modules; the one that ships where absent */
export function openTemplate(folder = shipped('epf-template')): Template {
  const { loaded, faults } = loadTemplate(folder);
  if (!loaded) throw new Error(faults.map(({ message }) => message).join('\n'));
  const { description } = loaded;
  const form = description.forms.find(({ name }) => name === description.defaultForm)!;
  const title = `ВнешняяОбработка.${description.name}`;
  return {
    loaded,
    object: compileModule(`${title}.МодульОбъекта`, 'object', moduleText(loaded, description.module)),
    form: {
      description: form,
      code: compileModule(`${title}.Форма.${form.name}`, 'form', moduleText(loaded, form.module)),
    },
  };
}

/** A text template (макет) of the processing. */
export function templateText({ loaded }: Template, name: string): string | undefined {
  const found = loaded.description.templates.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return found && loaded.texts.get(found.file);
}
