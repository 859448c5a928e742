import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { id, text } from './fields.js';

const owner = 'accounts';

/** Someone opened an account. Carries no address or e-mail: who needs those asks accounts. */
export const userRegistered = defineEvent({
  type: 'user.registered',
  owner,
  schema: z.object({ userId: id, displayName: text.describe('The name other shoppers may see') }),
});

export const userRoleChanged = defineEvent({
  type: 'user.role_changed',
  owner,
  schema: z.object({
    userId: id,
    role: z.enum(['customer', 'seller', 'staff', 'admin']).describe('The role from now on'),
  }),
});

/** The person asked to be forgotten: every domain removes or anonymises what it holds about them. */
export const userErased = defineEvent({
  type: 'user.erased',
  owner,
  schema: z.object({ userId: id }),
});

export const sellerDecided = defineEvent({
  type: 'seller.decided',
  owner,
  schema: z.object({
    sellerId: id,
    userId: id.nullable().default(null).describe('The account that sells under this name'),
    status: z
      .enum(['APPLIED', 'UNDER_REVIEW', 'VERIFIED', 'REJECTED', 'SUSPENDED'])
      .describe('The standing from now on'),
  }),
});
