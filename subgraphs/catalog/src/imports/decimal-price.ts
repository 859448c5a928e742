/** A price read from text, or why it is none. */
export type ParsedPrice = { kind: 'price'; minor: bigint } | { kind: 'invalid'; reason: string };

const MAX_DIGITS = 12;

/**
 * Reads a decimal price ("1299.90") into minor units, exactly: digits are moved, nothing is multiplied.
 *
 * Accepts digits with at most one point. Signs, currency symbols, thousands separators and decimal commas are
 * refused, because "1,234" means two prices to two readers. Zeros beyond the currency's precision are harmless and
 * accepted ("10.000"); other digits there are refused rather than rounded.
 *
 * @param exponent decimal places of the currency: 2 for USD, 0 for JPY, 3 for KWD
 */
export function parsePriceMinor(text: string, exponent: number): ParsedPrice {
  const match = /^(\d*)(?:\.(\d+))?$/.exec(text.trim());
  const whole = match?.[1] ?? '';
  const fraction = match?.[2] ?? '';
  if (!match || whole + fraction === '') return invalid('is not a plain decimal number such as 1299.90');
  if (whole.length > MAX_DIGITS) return invalid('is too large');
  if (/[1-9]/.test(fraction.slice(exponent))) return invalid(`has more than ${exponent} decimal places`);
  return { kind: 'price', minor: BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0') || '0') };
}

function invalid(reason: string): ParsedPrice {
  return { kind: 'invalid', reason };
}
