import { z } from 'zod';

/** Where something is sent. `state` and `country` are in capital letters. */
export type Address = {
  readonly fullName: string;
  readonly phone: string | null;
  readonly street: string;
  readonly street2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

const text = (most: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(1, 'is missing').max(most, `has at most ${most} characters`));

const optional = (most: number) =>
  z
    .string()
    .nullish()
    .transform((value) => value?.normalize('NFC').trim() || null)
    .pipe(z.string().max(most, `has at most ${most} characters`).nullable());

const code = (pattern: RegExp, problem: string) =>
  z
    .string()
    .transform((value) => value.trim().toUpperCase())
    .pipe(z.string().regex(pattern, problem));

/** An address as shoppers give it, checked and tidied. */
export const addressInput = z.object({
  fullName: text(200),
  phone: optional(40),
  street: text(200),
  street2: optional(200),
  city: text(100),
  state: optional(100).transform((state) => state?.toUpperCase() ?? null),
  zip: text(20),
  country: code(/^[A-Z]{2}$/, 'is a country code of two letters, such as DE'),
});
