import iconv from 'iconv-lite';
import QRCode from 'qrcode';
import type { Kopecks } from '../../model/money.ts';
import { outsideCp1251 } from '../../support/cp1251.ts';
import { cut } from '../../support/text.ts';

/** What a payer's bank reads from the code (ГОСТ Р 56042-2014). */
export interface PaymentOrder {
  name: string;
  account: string;
  bankName: string;
  bik: string;
  correspondentAccount?: string | undefined;
  sum: Kopecks;
  purpose: string;
  inn: string;
  kpp?: string | undefined;
  /** Лицевой счёт. */
  personalAccount: string;
  contract: string;
  documentNumber: string;
  /** ISO day. */
  documentDate: string;
}

/** The string of a code and its bytes in the encoding that it names. */
export interface PaymentCode {
  text: string;
  bytes: Buffer;
  encoding: 'utf-8' | 'windows-1251';
}

/** Bytes of the five mandatory values, without the service block before them. */
const MANDATORY_BYTES = 300;
/** The separator before the first of them is the service block's. */
const SEPARATOR_BYTES = 1;
const QUIET_ZONE = 4;

/**
 * UTF-8 where the mandatory block fits into its 300 bytes, else windows-1251 (a byte a letter, so it always fits); a
 * name that windows-1251 lacks letters for is cut until it fits.
 */
export function paymentCode(order: PaymentOrder): PaymentCode {
  const text = fields(order);
  if (Buffer.byteLength(text.mandatory) - SEPARATOR_BYTES <= MANDATORY_BYTES) return utf8(text);
  const whole = text.mandatory + text.rest;
  if (outsideCp1251(whole) === undefined) {
    const full = `ST00011${whole}`;
    return { text: full, bytes: iconv.encode(full, 'win1251'), encoding: 'windows-1251' };
  }
  return paymentCode({ ...order, name: shorter(order.name) });
}

function utf8({ mandatory, rest }: { mandatory: string; rest: string }): PaymentCode {
  const text = `ST00012${mandatory}${rest}`;
  return { text, bytes: Buffer.from(text, 'utf8'), encoding: 'utf-8' };
}

/** Without the last letter; longer than the standard allows is cut to that first. */
function shorter(name: string): string {
  const allowed = cut(name, 160);
  return cut(allowed, allowed.length - 1);
}

/** Values in the standard's order, cut to its lengths; `|` parts them, so that it may not stand in one. */
function fields(order: PaymentOrder): { mandatory: string; rest: string } {
  const joined = (pairs: readonly (readonly [string, string | undefined, number])[]): string =>
    pairs
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value, length]) => `|${key}=${cut(value!.replaceAll('|', '/').trim(), length)}`)
      .join('');
  const day = order.documentDate;
  return {
    mandatory: joined([
      ['Name', order.name, 160],
      ['PersonalAcc', order.account, 20],
      ['BankName', order.bankName, 45],
      ['BIC', order.bik, 9],
      ['CorrespAcc', order.correspondentAccount ?? '0', 20],
    ]),
    rest: joined([
      ['Sum', String(order.sum), 18],
      ['Purpose', order.purpose, 210],
      ['PayeeINN', order.inn, 12],
      ['KPP', order.kpp, 9],
      ['DocNo', order.documentNumber, 15],
      ['DocDate', `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`, 10],
      ['PersAcc', order.personalAccount, 60],
      ['Contract', order.contract, 60],
    ]),
  };
}

/**
 * The code as a picture: byte mode, level M, quiet zone of four modules. A run of dark modules is one line, as thick as
 * they are: two orders of a PDF where a rectangle takes five.
 */
export function codeSvg({ bytes }: PaymentCode): string {
  const { modules } = QRCode.create([{ data: bytes, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const paths: string[] = [];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && modules.get(row, column)) column++;
      const run = column - start;
      if (run > 0) paths.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE + 0.5}h${run}`);
    }
  const side = size + 2 * QUIET_ZONE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="M0 0h${side}v${side}h-${side}z" fill="#fff"/><path d="${paths.join('')}" stroke="#000"/></svg>`;
}
