import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { UploadPurpose } from './upload.js';

/** For people to recognise the file by; it never becomes a path. */
const fileName = z
  .string()
  .transform((name) =>
    name
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim(),
  )
  .pipe(z.string().min(1, 'needs a name').max(255, 'has at most 255 characters'));

export const announcedUpload = z.object({
  fileName,
  mimeType: z
    .string()
    .toLowerCase()
    .max(100, 'has at most 100 characters')
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'is a media type such as image/jpeg'),
  bytes: z.int('is a whole number of bytes').min(1, 'is at least 1 byte'),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in hexadecimal')
    .nullish()
    .transform((sha256) => sha256 ?? null),
  purpose: z.enum(UploadPurpose),
});

export type AnnouncedUpload = z.output<typeof announcedUpload>;

export const completedUpload = z.object({
  uploadId: z.string().refine((id) => isId('upload', id), 'is not the id of an upload'),
  alt: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().max(300, 'has at most 300 characters'))
    .nullish()
    .transform((alt) => alt || null),
});
