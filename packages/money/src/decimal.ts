import { InvalidAmount } from './errors.js';

/** ISO 4217 minor units, where they are not two digits. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
};

/** Digits after the decimal point in the currency (ISO 4217 "minor unit"). */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/**
 * Minor units of an exact decimal: `parseDecimal('299.99', 'USD')` is `29999n`.
 *
 * @throws {InvalidAmount} for anything but digits with an optional sign and at most as many decimals as the currency has.
 */
export function parseDecimal(text: string, currency: string): bigint {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new InvalidAmount(text, 'expected digits such as 1299.90');
  const [, sign, whole = '0', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > exponent) throw new InvalidAmount(text, `${currency} has ${exponent} decimals`);
  const minor = BigInt(whole + significant.padEnd(exponent, '0'));
  return sign ? -minor : minor;
}

/** The exact decimal of minor units: `formatDecimal(29999n, 'USD')` is `"299.99"`. */
export function formatDecimal(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
