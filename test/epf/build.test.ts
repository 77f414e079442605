import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { buildEpf, EPF_TEMPLATE } from '../../src/epf/build.ts';
import { neededHandlers } from '../../src/epf/description/check-handlers.ts';
import { objectIds } from '../../src/epf/description/resolve.ts';
import { realTemplate, withTemplate } from './fixtures.ts';

test('the shipped description builds without faults, twice to the same bytes', () => {
  const first = buildEpf(EPF_TEMPLATE);
  const second = buildEpf(EPF_TEMPLATE);
  expect(first.faults).toEqual([]);
  expect(Buffer.from(first.built!.epf).equals(second.built!.epf)).toBe(true);
  expect([...first.built!.sources.keys()]).toEqual([...second.built!.sources.keys()]);
  for (const [path, bytes] of first.built!.sources)
    expect(Buffer.from(bytes).equals(second.built!.sources.get(path)!), path).toBe(true);
});

test('line ends and BOM of the template do not change the file', () => {
  const plain = buildEpf(EPF_TEMPLATE).built!.epf;
  const windows = withTemplate(
    { file: ['FormModule.bsl', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`] },
    (folder) => buildEpf(folder).built!.epf,
  );
  expect(Buffer.from(windows).equals(plain)).toBe(true);
});

test('sources lie where the Designer looks for them and are well-formed', () => {
  const { sources } = buildEpf(EPF_TEMPLATE).built!;
  const name = 'BGBillingЗагрузка';
  expect([...sources.keys()]).toEqual([
    `${name}.xml`,
    `${name}/Ext/ObjectModule.bsl`,
    `${name}/Forms/Форма.xml`,
    `${name}/Forms/Форма/Ext/Form.xml`,
    `${name}/Forms/Форма/Ext/Form/Module.bsl`,
    `${name}/Templates/Справка.xml`,
    `${name}/Templates/Справка/Ext/Template.txt`,
  ]);
  for (const [path, bytes] of sources) {
    const text = Buffer.from(bytes).toString('utf8');
    expect(text.startsWith('\uFEFF'), path).toBe(true);
    expect(text.replaceAll('\r\n', '').includes('\n'), path).toBe(false);
    if (path.endsWith('.xml')) expect(XMLValidator.validate(text.slice(1)), path).toBe(true);
  }
});

test('form XML numbers every item once and names every handler of the form', () => {
  const { sources } = buildEpf(EPF_TEMPLATE).built!;
  const xml = Buffer.from(sources.get('BGBillingЗагрузка/Forms/Форма/Ext/Form.xml')!).toString('utf8');
  const layout = xml.slice(xml.indexOf('<AutoCommandBar'), xml.indexOf('<Attributes>'));
  const ids = [...layout.matchAll(/ id="(-?\d+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  const handlers = neededHandlers(realTemplate().description.forms[0]!).map((need) => need.handler);
  for (const handler of handlers) expect(xml).toContain(`>${handler}<`);
});

test('both outputs carry the same ids', () => {
  const { sources } = buildEpf(EPF_TEMPLATE).built!;
  const ids = objectIds('BGBillingЗагрузка');
  const xml = new XMLParser({ ignoreAttributes: false }).parse(
    Buffer.from(sources.get('BGBillingЗагрузка.xml')!).toString('utf8').slice(1),
  );
  const processor = xml.MetaDataObject.ExternalDataProcessor;
  expect(processor['@_uuid']).toBe(ids.file);
  expect(processor.InternalInfo['xr:ContainedObject']['xr:ObjectId']).toBe(ids.object);
  expect(processor.InternalInfo['xr:GeneratedType']['xr:TypeId']).toBe(ids.type);
  expect(processor.ChildObjects.Attribute['@_uuid']).toBe(ids.attribute('ПапкаОбмена'));
  expect(processor.Properties.DefaultForm).toBe('ExternalDataProcessor.BGBillingЗагрузка.Form.Форма');
});
