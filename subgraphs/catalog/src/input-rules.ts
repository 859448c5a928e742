import { z } from 'zod';
import { isId, type IdKind } from '@storegraph/ids';

export const idOf = (kind: IdKind, noun: string) =>
  z.string().refine((id) => isId(kind, id), `is not the id of a ${noun}`);

/** Text on one line, trimmed and composed (Unicode NFC). */
export const line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z.string().min(least, `needs at least ${least} characters`).max(most, `has at most ${most} characters`),
    );

export const slugText = z
  .string()
  .max(255, 'has at most 255 characters')
  .regex(
    /^[\p{Ll}\p{Lo}\p{N}]+([._-]+[\p{Ll}\p{Lo}\p{N}]+)*$/u,
    'is made of small letters, digits and hyphens',
  );

export const whole = (least: number, most: number) =>
  z.int('is a whole number').min(least, `is at least ${least}`).max(most, `is at most ${most}`);

/** Left out and null are the same thing. */
export const orNull = <Value extends z.ZodType>(value: Value) =>
  value.nullish().transform((given) => given ?? null);
