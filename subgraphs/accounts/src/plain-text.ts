import { z } from 'zod';

const CONTROLS = /\p{Cc}/u;
const CONTROLS_BUT_LINE_BREAKS = /[^\P{Cc}\n]/u;

/** One line of text without control characters, which names and addresses have no use for and PostgreSQL may refuse. */
export const line = (least: number, most: number) =>
  textOf(least, most).refine((text) => !CONTROLS.test(text), 'has no line breaks or control characters');

/** Text of several lines. */
export const paragraphs = (least: number, most: number) =>
  textOf(least, most).refine((text) => !CONTROLS_BUT_LINE_BREAKS.test(text), 'has no control characters');

/** A telephone number as people write it. */
export const phone = line(5, 30).refine(
  (text) => /^\+?[\d ()./-]+$/.test(text),
  'is written with digits, spaces and ( ) . / - only, after an optional +',
);

/** A field that may be left out, or given as `null` or blank text: all three mean "nothing". */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)),
    schema.nullable(),
  );

function textOf(least: number, most: number) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(least, least === 1 ? 'is missing' : `needs at least ${least} characters`)
        .max(most, `has at most ${most} characters`),
    );
}
