import { formatDecimalShort } from '../../support/decimal.ts';

/** Element texts of EnterpriseData: how the model's values are spelled in a message. */

export const yes = 'true';
export const no = 'false';

export function quantityText(quantity: number): string {
  return formatDecimalShort(quantity, 3);
}

/** Document times are constant for ever, because 1C searches by date and time (design §4). */
export function actTime(date: string): string {
  return `${date}T12:00:00`;
}

export function vatInvoiceTime(date: string): string {
  return `${date}T12:00:01`;
}

export function billTime(date: string): string {
  return `${date}T12:00:00`;
}
