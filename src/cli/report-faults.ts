import { type Fault, placeText, type Severity } from '../faults/fault.ts';
import { FAULTS, type FaultCode } from '../faults/registry.ts';
import { plural } from '../support/text.ts';

/** Findings of one code that are shown in full; the rest are counted. */
const SHOWN_PER_CODE = 5;
const PLACES_SHOWN = 3;

const HEADS: Record<Severity, string> = { error: 'ОШИБКА', warning: 'ПРЕДУПРЕЖДЕНИЕ', notice: 'К СВЕДЕНИЮ' };

/** Findings for a person: errors first, each with its place and what to do. */
export function faultsText(faults: readonly Fault[]): string {
  const shown = new Map<string, number>();
  const lines: string[] = [];
  for (const found of faults) {
    const before = shown.get(found.code) ?? 0;
    shown.set(found.code, before + 1);
    if (before < SHOWN_PER_CODE) lines.push(faultText(found));
    else if (before === SHOWN_PER_CODE) lines.push(rest(faults, found));
  }
  return lines.join('');
}

function faultText({ code, severity, message, remedy, paths, count }: Fault): string {
  const places = paths.slice(0, PLACES_SHOWN).map(placeText).join('; ');
  const more =
    count > Math.min(paths.length, PLACES_SHOWN) && count > 1
      ? ` и ещё ${count - Math.min(paths.length, PLACES_SHOWN)}`
      : '';
  const where = places === '' ? '' : `  где:      ${places}${more}\n`;
  return `${HEADS[severity]} ${code}\n  ${message}\n${where}  что делать: ${remedy}\n\n`;
}

function rest(faults: readonly Fault[], found: Fault): string {
  const hidden = faults.filter(({ code }) => code === found.code).slice(SHOWN_PER_CODE);
  const count = hidden.reduce((sum, one) => sum + one.count, 0);
  return `  … и ещё ${plural(count, 'замечание', 'замечания', 'замечаний')} ${found.code}: подробнее — с ключом --json\n\n`;
}

/** «2 ошибки, 5 предупреждений» */
export function faultsSummary(faults: readonly Fault[]): string {
  const count = (severity: Severity): number =>
    faults.filter((found) => found.severity === severity).reduce((sum, found) => sum + found.count, 0);
  const parts = [
    count('error') && plural(count('error'), 'ошибка', 'ошибки', 'ошибок'),
    count('warning') && plural(count('warning'), 'предупреждение', 'предупреждения', 'предупреждений'),
    count('notice') && plural(count('notice'), 'справка', 'справки', 'справок'),
  ].filter((part) => part !== 0);
  return parts.length === 0 ? 'замечаний нет' : parts.join(', ');
}

/** «сумма строк не равна сумме документа (BG1C-LINES-TOTAL)» */
export function codeText(code: FaultCode): string {
  const { title } = FAULTS[code];
  return `${/^[А-ЯЁ][А-ЯЁ]/.test(title) ? title : title[0]!.toLowerCase() + title.slice(1)} (${code})`;
}
