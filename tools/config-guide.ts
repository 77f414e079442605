import { readFileSync } from 'node:fs';
import { shipped } from '../src/support/root.ts';

interface SchemaNode {
  description?: string;
  type?: string;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  required?: string[];
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
}

/** `docs/config.ru.md`: every setting with its meaning, values and default, from the schema. */
export function configGuide(): string {
  const schema = JSON.parse(readFileSync(shipped('schemas/config.schema.json'), 'utf8')) as SchemaNode;
  return [
    '# Настройки: файл bg1c.yaml',
    '',
    `${schema.description}`,
    '',
    'Таблица сделана из схемы `schemas/config.schema.json`. Файл с пояснениями создаёт `bg1c init`. «Обязательно» —',
    'настройка должна быть; у остальных указано значение по умолчанию. Неизвестная настройка — ошибка.',
    '',
    '| настройка | смысл | значения | по умолчанию |',
    '|---|---|---|---|',
    ...rowsOf(schema, ''),
    '',
  ].join('\n');
}

function rowsOf(node: SchemaNode, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const required = node.required?.includes(name) ?? false;
    const inside =
      child.items ?? (typeof child.additionalProperties === 'object' ? child.additionalProperties : child);
    const below = child.items
      ? `${own}[]`
      : typeof child.additionalProperties === 'object'
        ? `${own}.<имя>`
        : own;
    const row = `| \`${own}\` | ${child.description ?? ''} | ${valuesOf(child)} | ${required ? 'обязательно' : defaultOf(child)} |`;
    const values = typeof child.additionalProperties === 'object' && child.additionalProperties.enum;
    return [
      row,
      ...(values ? [`| \`${below}\` | | ${values.map(code).join(', ')} | |`] : []),
      ...rowsOf(inside, below),
    ];
  });
}

function valuesOf({ type, enum: values, items }: SchemaNode): string {
  if (values) return values.map(code).join(', ');
  if (type === 'array') return items?.type === 'string' ? 'список текстов' : 'список';
  return (
    { string: 'текст', boolean: '`true`, `false`', object: 'вложенные настройки', integer: 'число' }[
      type ?? ''
    ] ?? ''
  );
}

function defaultOf({ default: value, type }: SchemaNode): string {
  if (value === undefined || type === 'object') return '—';
  return Array.isArray(value) && value.length === 0
    ? 'пусто'
    : code(Array.isArray(value) ? value.join(', ') : value);
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}
