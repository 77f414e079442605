import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];

/** An invented ИНН of a company, with its check digit. */
export function innOf(n: number): string {
  const body = `029${String(n).padStart(6, '0')}`;
  return body + ((WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11) % 10);
}

/** An export of so many contracts with a bill, an act and its VAT invoice each, and one contract with `many` acts. */
export function writeLargeMonth(
  folder: string,
  { contracts, many }: { contracts: number; many: number },
): void {
  mkdirSync(folder, { recursive: true });
  const clients: string[] = ['cid;contract_title;fc;name_short;name_full;inn;kpp;legal_address'];
  const rows: string[] = ['cid;contract_title;contract_date;scid;sub_mode'];
  const documents: string[] = ['kind;id;cid;doc_type_id;doc_type;format_number;number;create_dt;yy;mm;summ'];
  const lines: string[] = ['kind;doc_id;sid;line_summ'];
  const put = (kind: string, id: number, cid: number, type: number, letter: string, sum: string): void => {
    documents.push(`${kind};${id};${cid};${type};t;${letter}${id};${id};2026-10-31;2026;10;${sum}`);
    lines.push(`${kind};${id};20;${sum}`);
  };
  for (let cid = 1; cid <= contracts + (many > 0 ? 1 : 0); cid++) {
    clients.push(`${cid};Д-${cid};1;ООО ${cid};Общество ${cid};${innOf(cid)};027401001;Уфа`);
    rows.push(`${cid};Д-${cid};2024-02-01;0;0`);
  }
  for (let cid = 1; cid <= contracts; cid++) {
    put('bill', cid, cid, 1, 'С', '122,00');
    put('invoice', cid * 2, cid, 2, 'А', '122,00');
    put('invoice', cid * 2 + 1, cid, 3, '', '122,00');
  }
  for (let n = 1; n <= many; n++) {
    const id = contracts * 2 + 2 + n * 2;
    put('invoice', id, contracts + 1, 2, 'А', `${n},22`);
    put('invoice', id + 1, contracts + 1, 3, '', `${n},22`);
  }
  for (const [name, all] of Object.entries({
    clients,
    contracts: rows,
    documents,
    document_lines: lines,
    services: ['sid;title', '20;Интернет'],
  }))
    writeFileSync(join(folder, `${name}.csv`), `${all.join('\n')}\n`);
}
