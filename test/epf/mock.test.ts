import { expect, test } from 'vitest';
import { EPF_TEMPLATE } from '../../src/epf/build.ts';
import { allItems, isField } from '../../src/epf/description/description.ts';
import { drawForm, readPreview } from '../../src/epf/mock.ts';
import { realTemplate } from './fixtures.ts';

const { description } = realTemplate();
const form = description.forms[0]!;
const preview = readPreview(EPF_TEMPLATE);

test('the preview fills every table by its shown columns and names real paths', () => {
  const tables = [...allItems(form)].filter((item) => item.kind === 'table');
  expect(Object.keys(preview.rows).sort()).toEqual(tables.map((table) => table.path).sort());
  for (const table of tables)
    for (const row of preview.rows[table.path]!) expect(row.length, table.path).toBe(table.items.length);
  const paths = new Set([...allItems(form)].filter(isField).map((field) => field.path));
  for (const path of Object.keys(preview.values)) expect(paths).toContain(path);
});

test('draws titles of pages, columns, fields and commands, and nothing hidden', () => {
  const html = drawForm(form, description, preview);
  const titles = [
    ...form.commands.map((command) => command.title),
    ...form.attributes
      .flatMap((one) => (one.name === 'ДокументыПакета' ? one.columns! : []))
      .slice(0, 11)
      .map((one) => one.title),
    'Контрагенты',
    'Расхождения',
    'Протокол',
    'Проводить документы',
    'Организация',
    'Файл пакета',
  ];
  for (const title of titles) expect(html).toContain(title);
  expect(html).not.toContain('Папка обмена на сервере 1С');
});

test('opens the page asked for', () => {
  expect(drawForm(form, description, preview, 'СтраницаПротокол')).toContain(
    'id="page-СтраницаПротокол" checked',
  );
  expect(drawForm(form, description, preview)).toContain('id="page-СтраницаДокументы" checked');
});

test('is self-contained and escapes what it is given', () => {
  const html = drawForm(form, description, {
    ...preview,
    values: { ...preview.values, Организация: '<script>alert(1)</script>' },
  });
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/\b(src|href)=|url\(|@import/);
  expect(html).toContain("default-src 'none'");
});
