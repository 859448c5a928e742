import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { acceptedType } from './accepted-type.js';
import type { AnnouncedUpload } from './upload-input.js';
import { MOST_OPEN_UPLOADS, SEND_WITHIN_MILLIS } from './upload.js';
import { countOpenUploads, insertUpload } from './upload.store.js';
import { signToken } from './signed-token.js';

/** Where and how to send a file, until when, and how long it may be. */
export type UploadTicket = {
  readonly id: string;
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly maxBytes: number;
  readonly expiresAt: Date;
};

export type BeginUploadOutcome =
  | { kind: 'begun'; ticket: UploadTicket }
  | { kind: 'unsupported-type' }
  | { kind: 'too-large'; maxBytes: number }
  | { kind: 'too-many-open' };

/** Takes the announcement of a file and answers a signed address it can be sent to once, within 15 minutes. */
export async function beginUpload(
  deps: Deps,
  input: AnnouncedUpload & { ownerId: string },
): Promise<BeginUploadOutcome> {
  const accepted = acceptedType(input.purpose, input.mimeType);
  if (!accepted) return { kind: 'unsupported-type' };
  const { maxBytes } = accepted;
  if (input.bytes > maxBytes) return { kind: 'too-large', maxBytes };
  const now = deps.now();
  if ((await countOpenUploads(deps.prisma, { ownerId: input.ownerId, now })) >= MOST_OPEN_UPLOADS)
    return { kind: 'too-many-open' };

  const expiresAt = new Date(now.getTime() + SEND_WITHIN_MILLIS);
  const { id } = await insertUpload(deps.prisma, {
    ...input,
    id: newId('upload'),
    expiresAt,
    createdAt: now,
  });
  const token = signToken(deps.config.uploadKeys, { to: 'send', id }, expiresAt);
  const ticket: UploadTicket = {
    id,
    method: 'PUT',
    url: `${deps.config.publicUrl}/uploads/${id}?token=${token}`,
    headers: [{ name: 'content-type', value: input.mimeType }],
    maxBytes,
    expiresAt,
  };
  return { kind: 'begun', ticket };
}
