import { CurrencyMismatch } from './errors.js';

/** An exact amount: integer minor units (cents, for most) of an ISO 4217 currency. */
export type Money = { readonly minor: bigint; readonly currency: string };

export function money(minor: bigint | number, currency: string): Money {
  return { minor: BigInt(minor), currency };
}

export function zero(currency: string): Money {
  return { minor: 0n, currency };
}

/** @throws {CurrencyMismatch} */
export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
  return { minor: left.minor + right.minor, currency: left.currency };
}

/** @throws {CurrencyMismatch} */
export function subtract(left: Money, right: Money): Money {
  return add(left, negate(right));
}

export function negate(amount: Money): Money {
  return { minor: -amount.minor, currency: amount.currency };
}

/** @param quantity a whole number */
export function multiply(amount: Money, quantity: number | bigint): Money {
  return { minor: amount.minor * BigInt(quantity), currency: amount.currency };
}

/** The total; an empty list is zero of the given currency. @throws {CurrencyMismatch} */
export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, zero(currency));
}

/**
 * A share of an amount, rounded half away from zero.
 *
 * @param basisPoints hundredths of a per cent: 825 is 8.25 %
 */
export function percentOf(amount: Money, basisPoints: number): Money {
  const scaled = amount.minor * BigInt(basisPoints);
  const half = scaled < 0n ? -5_000n : 5_000n;
  return { minor: (scaled + half) / 10_000n, currency: amount.currency };
}

/**
 * Splits an amount over weights by largest remainder: the parts always sum to the whole, and no part
 * is more than one minor unit away from its exact share. All-zero weights share equally.
 *
 * @param weights non-negative integers, at least one
 */
export function allocateByWeight(amount: Money, weights: readonly (number | bigint)[]): Money[] {
  const given = weights.map(BigInt);
  const total = given.reduce((left, right) => left + right, 0n);
  const effective = total === 0n ? given.map(() => 1n) : given;
  const divisor = total === 0n ? BigInt(given.length) : total;
  const sign = amount.minor < 0n ? -1n : 1n;
  const whole = amount.minor * sign;
  const parts = effective.map((weight, index) => ({
    index,
    minor: (whole * weight) / divisor,
    remainder: (whole * weight) % divisor,
  }));
  let left = whole - parts.reduce((acc, part) => acc + part.minor, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.minor += 1n;
    left -= 1n;
  }
  return parts.map((part) => ({ minor: part.minor * sign, currency: amount.currency }));
}
