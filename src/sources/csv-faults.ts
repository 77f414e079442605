import { type Fault, fault } from '../faults/fault.ts';
import { EncodingError } from '../support/decode.ts';
import { RowError, type RowProblem } from './csv-records.ts';
import { encodingFault, systemFault } from './reading.ts';

const QUOTE_REASONS: Record<Exclude<RowProblem, 'too-long'>, string> = {
  'quote-inside': 'кавычка стоит внутри значения, которое начато без кавычек',
  'text-after-quote': 'после закрывающей кавычки идёт текст',
  'quote-open': 'кавычка открыта и не закрыта до конца файла',
};

/**
 * The fault of a CSV file that does not read.
 * @param name the file, and the archive it lies in
 * @param encoding what its bytes were read as, for people
 * @throws the error itself where it is none of reading: then it is a defect of the program
 */
export function readingFault(
  error: unknown,
  { name: file, archive }: { readonly name: string; readonly archive?: string },
  encoding: string,
): Fault {
  if (error instanceof EncodingError) return encodingFault(file, error.line, encoding);
  if (!(error instanceof RowError)) return systemFault(error, file, archive ?? file);
  const { line, problem } = error;
  const where = { source: { file, line } };
  return problem === 'too-long'
    ? fault('BG1C-SOURCE-FIELD-SIZE', { file, line, limit: '1 МиБ' }, where)
    : fault('BG1C-SOURCE-QUOTES', { file, line, reason: QUOTE_REASONS[problem] }, where);
}
