import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  Button,
  Description,
  Field,
  Form,
  Item,
  Page,
  Pages,
  Table,
} from './description/description.ts';
import { targetOf, typeOfTarget } from './description/resolve.ts';
import { MOCK_STYLE } from './mock-style.ts';

/** Invented values to fill the drawing with, from `preview.yaml` beside the description. */
export interface Preview {
  /** Data path → text; `true` ticks a checkbox. */
  values: Record<string, string | boolean>;
  /** Table → rows; a row has a value for each shown column, in their order. */
  rows: Record<string, (string | boolean)[][]>;
}

export function readPreview(templateFolder: string): Preview {
  return parse(readFileSync(join(templateFolder, 'preview.yaml'), 'utf8')) as Preview;
}

/**
 * A form as 1C would show it: one self-contained HTML page for the guide. Everything comes from the description, so
 * the picture cannot tell of another form than the one that is built.
 * @param openPage name of the page to show first
 */
export function drawForm(form: Form, description: Description, preview: Preview, openPage?: string): string {
  const context: Context = { form, description, preview, openPage };
  return [
    '<!doctype html>',
    '<html lang="ru"><head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escapeHtml(form.title)}</title><style>${MOCK_STYLE}</style></head>`,
    `<body><div class="window"><div class="caption">${escapeHtml(form.title)}</div>`,
    `<div class="bar">${form.commandBar.map((button) => drawButton(button, context)).join('')}</div>`,
    drawItems(form.items, context),
    '</div></body></html>\n',
  ].join('\n');
}

interface Context {
  form: Form;
  description: Description;
  preview: Preview;
  openPage: string | undefined;
}

function drawItems(items: readonly Item[], context: Context): string {
  return items.map((item) => drawItem(item, context)).join('\n');
}

function drawItem(item: Item, context: Context): string {
  switch (item.kind) {
    case 'group': {
      const heading = item.title ? `<div class="heading">${escapeHtml(item.title)}</div>` : '';
      const look = item.representation ?? 'none';
      return `<div class="group ${look}">${heading}<div class="${item.direction}">${drawItems(item.items, context)}</div></div>`;
    }
    case 'pages':
      return drawPages(item, context);
    case 'page':
      return drawItems(item.items, context);
    case 'commandBar':
      return `<div class="bar">${drawItems(item.items, context)}</div>`;
    case 'table':
      return drawTable(item, context);
    case 'button':
      return drawButton(item, context);
    case 'text':
      return `<div class="text">${escapeHtml(item.title)}</div>`;
    default:
      return item.visible === false ? '' : drawField(item, context);
  }
}

/** Tabs that work without scripts: a radio button for each page. */
function drawPages(pages: Pages, context: Context): string {
  const open = pages.items.find((page) => page.name === context.openPage) ?? pages.items[0];
  const page = (one: Page): string => {
    const id = `page-${one.name}`;
    const checked = one === open ? ' checked' : '';
    return (
      `<input type="radio" name="${pages.name}" id="${id}"${checked}>` +
      `<label class="tab" for="${id}">${escapeHtml(one.title)}</label>` +
      `<div class="page">${drawItems(one.items, context)}</div>`
    );
  };
  return `<div class="pages">${pages.items.map(page).join('\n')}</div>`;
}

function drawTable(table: Table, context: Context): string {
  const titles = table.items.map((field) => columnTitle(field, context));
  const rows = context.preview.rows[table.path] ?? [];
  const cell = (field: Field, value: string | boolean | undefined): string => {
    if (field.kind === 'checkbox') return `<td class="tick">${box(value === true)}</td>`;
    const number = typeOf(field.path, context)?.startsWith('number');
    return `<td${number ? ' class="number"' : ''}>${escapeHtml(String(value ?? ''))}</td>`;
  };
  const body = rows.map(
    (row) => `<tr>${table.items.map((field, index) => cell(field, row[index])).join('')}</tr>`,
  );
  return (
    `<div class="bar small">${table.commandBar.map((button) => drawButton(button, context)).join('')}` +
    '<span class="search">Поиск (Ctrl+F)</span><span class="button">Ещё ▾</span></div>' +
    `<div class="grid"><table><thead><tr>${titles.map((title) => `<th>${escapeHtml(title)}</th>`).join('')}</tr></thead>` +
    `<tbody>${body.join('\n')}</tbody></table></div>`
  );
}

function drawField(field: Field, context: Context): string {
  const value = context.preview.values[field.path];
  const title = field.title ?? attributeTitle(field.path, context);
  if (field.kind === 'checkbox')
    return `<label class="check">${box(value === true)} ${escapeHtml(title)}</label>`;
  if (field.kind === 'radio')
    return `<div class="radio">${(field.choices ?? [])
      .map(
        (choice) =>
          `<label><i class="${choice.value === value ? 'dot on' : 'dot'}"></i>${escapeHtml(choice.title)}</label>`,
      )
      .join('')}</div>`;
  const shown = value === undefined ? '' : escapeHtml(String(value));
  const caption = field.titleLocation === 'none' ? '' : `<span class="title">${escapeHtml(title)}:</span>`;
  if (field.kind === 'label') return `<div class="field">${caption}<span class="value">${shown}</span></div>`;
  if (field.multiLine) return `<div class="field"><pre class="lines">${shown}</pre></div>`;
  const content = shown || `<span class="hint">${escapeHtml(field.hint ?? '')}</span>`;
  const choose = field.choiceButton ? '<span class="choose">…</span>' : '';
  return `<div class="field wide">${caption}<span class="input">${content}${choose}</span></div>`;
}

function drawButton(button: Button, context: Context): string {
  const command = context.form.commands.find((one) => one.name === button.command);
  const title = button.title ?? command?.title ?? button.name;
  if (command?.picture)
    return `<span class="button" title="${escapeHtml(title)}">${command.picture === 'CheckAll' ? '☑' : '☐'}</span>`;
  return `<span class="button${button.default ? ' default' : ''}">${escapeHtml(title)}</span>`;
}

function box(ticked: boolean): string {
  return `<i class="box">${ticked ? '✓' : ''}</i>`;
}

function attributeTitle(path: string, context: Context): string {
  const target = targetOf(path, context.form, context.description);
  const own = target?.kind === 'object' ? context.description.attributes : context.form.attributes;
  return own.find((attribute) => attribute.name === target?.attribute)?.title ?? path;
}

function columnTitle(field: Field, { form }: Context): string {
  const [table, column] = field.path.split('.');
  const columns = form.attributes.find((attribute) => attribute.name === table)?.columns;
  return columns?.find((one) => one.name === column)?.title ?? field.name;
}

function typeOf(path: string, { form, description }: Context): string | undefined {
  const target = targetOf(path, form, description);
  return target && typeOfTarget(target, form, description);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
