import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { line, optional, phone } from '../plain-text.js';
import { emailKeyOf } from './user.js';

const EMAIL =
  /^[^\s@\p{Cc}<>(),;:"[\]\\]{1,64}@[^\s@\p{Cc}<>(),;:"[\]\\]+\.[^\s@\p{Cc}<>(),;:"[\]\\.]{2,63}$/u;

/** Kept as typed but for compatibility characters, which mail servers do not fold. */
const email = z
  .string()
  .max(254, 'has at most 254 characters')
  .transform((text) => text.normalize('NFKC').trim())
  .refine((text) => EMAIL.test(emailKeyOf(text)), 'is not an e-mail address');

const newPassword = z.string().min(10, 'needs at least 10 characters').max(256, 'has at most 256 characters');

const name = optional(line(1, 255));

const userId = z.string().refine((id) => isId('user', id), 'is not the id of a user');

export const registration = z
  .object({ email, password: newPassword, firstName: name, lastName: name, phone: optional(phone) })
  .refine(({ email, password }) => emailKeyOf(password) !== emailKeyOf(email), {
    path: ['password'],
    message: 'is not the e-mail address',
  });

const locale = optional(z.string());
const currency = optional(z.string());

/** Fields left out stay as they are; `null` and blank text clear them. */
export const profileChange = z.object({
  firstName: name.optional(),
  lastName: name.optional(),
  displayName: optional(line(2, 60)).optional(),
  phone: optional(phone).optional(),
  preferences: z
    .object({ locale: locale.optional(), currency: currency.optional(), newsletter: z.boolean().nullish() })
    .nullish(),
});

export const passwordChange = z.object({
  currentPassword: z.string().max(256, 'has at most 256 characters'),
  newPassword,
});

export const roleAssignment = z.object({ userId, role: z.enum(['customer', 'seller', 'staff', 'admin']) });

export const namedUser = z.object({ userId });

export const userSearch = optional(line(1, 100));
