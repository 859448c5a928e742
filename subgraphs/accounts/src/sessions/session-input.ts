import { z } from 'zod';

/** Only sizes are checked: an address that is none is answered like any other that does not fit. */
export const credentials = z.object({
  email: z.string().max(254, 'has at most 254 characters'),
  password: z.string().max(256, 'has at most 256 characters'),
});

export const refresh = z.object({ refreshToken: z.string().max(256, 'has at most 256 characters') });
