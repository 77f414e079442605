import { PROCESSOR_CLASS } from '../binary/object.ts';
import type { Description, ObjectAttribute } from '../description/description.ts';
import { type LoadedTemplate, moduleText } from '../description/load.ts';
import { formIds, type ObjectIds, objectIds } from '../description/resolve.ts';
import { formBodyXml } from './form.ts';
import { typeXml } from './type.ts';
import { localizedXml, metadataXml, type XMLBuilder } from './xml.ts';

/**
 * Sources as the Designer dumps them («выгрузка в файлы», hierarchical):
 * `1cv8 DESIGNER … /LoadExternalDataProcessorOrReportFromFiles <Имя>.xml <file.epf>` builds the processing from them.
 * @returns path inside the folder, with `/` → bytes
 */
export function buildSources(loaded: LoadedTemplate): Map<string, Uint8Array> {
  const { description, texts } = loaded;
  const { name } = description;
  const ids = objectIds(name);
  const files = new Map<string, Uint8Array>();
  files.set(`${name}.xml`, processorXml(description, ids));
  files.set(`${name}/Ext/ObjectModule.bsl`, sourceText(moduleText(loaded, description.module)));
  for (const form of description.forms) {
    const folder = `${name}/Forms/${form.name}`;
    files.set(`${folder}.xml`, formMetadataXml(ids.form(form.name), form.name, form.title));
    files.set(`${folder}/Ext/Form.xml`, formBodyXml(form, description, formIds(form)));
    files.set(`${folder}/Ext/Form/Module.bsl`, sourceText(moduleText(loaded, form.module)));
  }
  for (const template of description.templates) {
    const path = `${name}/Templates/${template.name}`;
    files.set(`${path}.xml`, templateXml(ids.template(template.name), template.name, template.title));
    files.set(`${path}/Ext/Template.txt`, sourceText(texts.get(template.file)!));
  }
  return files;
}

function sourceText(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf8');
}

function processorXml(description: Description, ids: ObjectIds): Uint8Array {
  const { name } = description;
  return metadataXml((root) => {
    const processor = root.ele('ExternalDataProcessor', { uuid: ids.file });
    const internal = processor.ele('InternalInfo');
    const contained = internal.ele('xr:ContainedObject');
    contained.ele('xr:ClassId').txt(PROCESSOR_CLASS);
    contained.ele('xr:ObjectId').txt(ids.object);
    const generated = internal.ele('xr:GeneratedType', {
      name: `ExternalDataProcessorObject.${name}`,
      category: 'Object',
    });
    generated.ele('xr:TypeId').txt(ids.type);
    generated.ele('xr:ValueId').txt(ids.value);
    const properties = processor.ele('Properties');
    namesXml(properties, name, description.synonym, description.comment);
    properties.ele('DefaultForm').txt(`ExternalDataProcessor.${name}.Form.${description.defaultForm}`);
    properties.ele('AuxiliaryForm');
    const children = processor.ele('ChildObjects');
    for (const attribute of description.attributes)
      attributeXml(children, attribute, ids.attribute(attribute.name));
    for (const form of description.forms) children.ele('Form').txt(form.name);
    for (const template of description.templates) children.ele('Template').txt(template.name);
  });
}

function namesXml(properties: XMLBuilder, name: string, title: string, comment?: string): void {
  properties.ele('Name').txt(name);
  localizedXml(properties, 'Synonym', title);
  const node = properties.ele('Comment');
  if (comment) node.txt(comment);
}

/** Properties of an attribute that we leave as the platform has them; the Designer wants them all. */
const DEFAULTS: readonly [element: string, text: string, nil?: true][] = [
  ['PasswordMode', 'false'],
  ['Format', ''],
  ['EditFormat', ''],
  ['ToolTip', ''],
  ['MarkNegatives', 'false'],
  ['Mask', ''],
  ['MultiLine', 'false'],
  ['ExtendedEdit', 'false'],
  ['MinValue', '', true],
  ['MaxValue', '', true],
  ['FillChecking', 'DontCheck'],
  ['ChoiceFoldersAndItems', 'Items'],
  ['ChoiceParameterLinks', ''],
  ['ChoiceParameters', ''],
  ['QuickChoice', 'Auto'],
  ['CreateOnInput', 'Auto'],
  ['ChoiceForm', ''],
  ['LinkByType', ''],
  ['ChoiceHistoryOnInput', 'Auto'],
];

function attributeXml(children: XMLBuilder, attribute: ObjectAttribute, uuid: string): void {
  const properties = children.ele('Attribute', { uuid }).ele('Properties');
  namesXml(properties, attribute.name, attribute.title);
  typeXml(properties, attribute.type);
  for (const [element, text, nil] of DEFAULTS) {
    const node = properties.ele(element);
    if (nil) node.att('xsi:nil', 'true');
    if (text !== '') node.txt(text);
  }
}

function formMetadataXml(uuid: string, name: string, title: string): Uint8Array {
  return metadataXml((root) => {
    const properties = root.ele('Form', { uuid }).ele('Properties');
    namesXml(properties, name, title);
    properties.ele('FormType').txt('Managed');
    properties.ele('IncludeHelpInContents').txt('false');
    const purposes = properties.ele('UsePurposes');
    for (const purpose of ['PlatformApplication', 'MobilePlatformApplication'])
      purposes.ele('v8:Value', { 'xsi:type': 'app:ApplicationUsePurpose' }).txt(purpose);
    properties.ele('ExtendedPresentation');
  });
}

function templateXml(uuid: string, name: string, title: string): Uint8Array {
  return metadataXml((root) => {
    const properties = root.ele('Template', { uuid }).ele('Properties');
    namesXml(properties, name, title);
    properties.ele('TemplateType').txt('TextDocument');
  });
}
