import type { Profile, ProfileType, SimpleType } from './profile.ts';

const WIDTH = 120;

/** The text of a profile file: one property a line, one value of a long enumeration a line; always the same bytes. */
export function profileText(profile: Profile): string {
  const roots = Object.entries(profile.roots).map(([name, type]) => `    ${json(name)}: ${json(type)}`);
  const types = Object.entries(profile.types).map(
    ([name, type]) => `    ${json(name)}: ${typeText(name, type)}`,
  );
  return [
    '{',
    `  "format": ${json(profile.format)},`,
    `  "version": ${json(profile.version)},`,
    `  "origin": ${inline(profile.origin)},`,
    `  "namespace": ${json(profile.namespace)},`,
    `  "roots": {\n${roots.join(',\n')}\n  },`,
    `  "types": {\n${types.join(',\n')}\n  }`,
    '}\n',
  ].join('\n');
}

function typeText(name: string, type: ProfileType): string {
  if (type.kind === 'simple') return simpleText(name, type);
  const properties = type.properties.map((property) => `        ${inline(property)}`);
  const list = properties.length === 0 ? '[]' : `[\n${properties.join(',\n')}\n      ]`;
  return `{\n      "kind": "object",\n      "content": ${json(type.content)},\n      "properties": ${list}\n    }`;
}

function simpleText(name: string, type: SimpleType): string {
  const line = inline(type);
  if (name.length + line.length <= WIDTH || !type.enumeration) return line;
  const fields = Object.entries(type).map(([key, value]) => {
    const text =
      key === 'enumeration'
        ? `[\n${type.enumeration!.map((one) => `        ${json(one)}`).join(',\n')}\n      ]`
        : inline(value);
    return `      ${json(key)}: ${text}`;
  });
  return `{\n${fields.join(',\n')}\n    }`;
}

/** JSON on one line with spaces, as people write it. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return json(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${json(key)}: ${inline(inner)}`)
    .join(', ')} }`;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
