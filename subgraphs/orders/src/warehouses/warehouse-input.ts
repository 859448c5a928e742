import { z } from 'zod';
import { isId } from '@storegraph/ids';

const capitals = (pattern: RegExp, problem: string) =>
  z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.string().regex(pattern, problem));

export const savedWarehouse = z.object({
  id: z
    .string()
    .refine((id) => isId('warehouse', id), 'is not the id of a warehouse')
    .nullish()
    .transform((id) => id ?? null),
  code: capitals(/^[A-Z0-9][A-Z0-9-]{1,19}$/, 'has 2 to 20 letters, digits and dashes'),
  name: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, 'is missing').max(200, 'has at most 200 characters')),
  country: capitals(/^[A-Z]{2}$/, 'is a country code of two letters, such as DE'),
  priority: z.int().min(0, 'is at least 0').max(10_000, 'is at most 10,000'),
  active: z.boolean(),
  isDefault: z.boolean(),
  expectedVersion: z
    .int()
    .nullish()
    .transform((version) => version ?? null),
});
