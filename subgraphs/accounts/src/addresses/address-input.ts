import { z } from 'zod';
import { line, optional, phone } from '../plain-text.js';
import { AddressPurpose } from './address.js';

/** Ids are only bounded: one that is no address of the person's is "not found", whatever it looks like. */
const id = z.string().max(100, 'is not the id of an address');

export const addressDetails = z.object({
  id: optional(id),
  label: optional(line(1, 60)),
  fullName: line(1, 255),
  phone: optional(phone),
  street: line(1, 255),
  street2: optional(line(1, 255)),
  city: line(1, 120),
  state: optional(line(1, 120)),
  zip: line(2, 20),
  country: z.string().regex(/^[A-Z]{2}$/, 'is a country code of two letters'),
});

export const addressId = z.object({ id });

export const addressDefault = z.object({ id, purpose: z.enum(AddressPurpose) });
