import { z } from 'zod';

export const id = z.string().min(1).max(100);

/** Text a person wrote. Lone surrogates, which JSON columns refuse, become U+FFFD. */
export const text = z.string().overwrite((value) => Buffer.from(value, 'utf8').toString('utf8'));

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code');

/** Amounts travel as text: a bigint has no JSON form and a JSON number loses cents above 2^53. */
export const minor = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .describe('Integer amount in the minor unit of the currency, as text');

export const quantity = z.int().min(1);

export const rating = z.number().min(0).max(5);
