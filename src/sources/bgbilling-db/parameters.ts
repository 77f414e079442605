import type { ParameterName } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Catalog } from './catalog.ts';
import type { Database } from './connection.ts';

/** A contract parameter of the configuration, as part of a SELECT over `contract c`. */
export interface Parameter {
  readonly name: ParameterName;
  readonly join: string;
  /** Value of the `?` in `join`. */
  readonly values: readonly number[];
  readonly expression: string;
}

/** Kind of a parameter in BGBilling (`contract_parameters_pref.pt`; facts §2.2). */
interface ParameterType {
  readonly table: string;
  readonly join: (alias: string) => string;
  readonly expression: (alias: string) => string;
}

const plain = (table: string, column: string): ParameterType => ({
  table,
  join: (alias) => `LEFT JOIN ${table} ${alias} ON ${alias}.cid = c.id AND ${alias}.pid = ?`,
  expression: (alias) => `${alias}.${column}`,
});

const LIST: ParameterType = {
  table: 'contract_parameter_type_7',
  join: (alias) =>
    `LEFT JOIN contract_parameter_type_7 ${alias} ON ${alias}.cid = c.id AND ${alias}.pid = ? ` +
    `LEFT JOIN contract_parameter_type_7_values ${alias}v ON ${alias}v.id = ${alias}.val AND ${alias}v.pid = ${alias}.pid`,
  expression: (alias) => `COALESCE(NULLIF(${alias}.custom_value, ''), ${alias}v.title)`,
};

/** Of several tables the first that the database has. */
const TYPES: Readonly<Record<number, readonly ParameterType[]>> = {
  1: [plain('contract_parameter_type_1', 'val')],
  2: [plain('contract_parameter_type_2', 'address')],
  3: [plain('contract_parameter_type_3', 'email')],
  6: [plain('contract_parameter_type_6', 'val')],
  7: [LIST],
  9: [plain('contract_parameter_type_phone', 'value'), plain('contract_parameter_type_9', 'value')],
};

/** Kinds of parameters that hold a value a document may need. */
export const PARAMETER_TYPES: readonly number[] = Object.keys(TYPES).map(Number);

/** The table that holds the values of a kind, and its column. */
export function parameterType(type: number, catalog: Catalog): ParameterType | undefined {
  return TYPES[type]?.find(({ table }) => catalog.has(table));
}

/**
 * Looks up the parameters that the configuration names.
 * @returns also faults of scope `usage`: a number that BGBilling does not have, or one of a kind without a text
 */
export async function resolveParameters(
  wanted: Partial<Record<ParameterName, number | number[]>>,
  catalog: Catalog,
  database: Database,
): Promise<{ parameters: Parameter[]; faults: Fault[] }> {
  const asked = Object.entries(wanted).flatMap(([name, ids]) =>
    [ids].flat().map((id) => ({ name: name as ParameterName, id })),
  );
  const known = await database.rows({
    table: 'contract_parameters_pref',
    sql: 'SELECT id, pt, title FROM contract_parameters_pref',
    values: [],
  });
  const types = new Map(known.map(([id, type, title]) => [Number(id), { type: Number(type), title }]));
  const parameters: Parameter[] = [];
  const faults: Fault[] = [];
  asked.forEach(({ name, id }, index) => {
    const found = types.get(id);
    const type = found && parameterType(found.type, catalog);
    if (type) {
      const alias = `p${index}`;
      parameters.push({ name, join: type.join(alias), values: [id], expression: type.expression(alias) });
      return;
    }
    const reason = found
      ? `параметр договора № ${id} «${found.title}» — не текст, адрес, почта, дата, список или телефон`
      : `в BGBilling нет параметра договора № ${id}`;
    faults.push(fault('BG1C-CONFIG-VALUE', { key: `source.parameters.${name}`, reason }));
  });
  return { parameters, faults };
}
