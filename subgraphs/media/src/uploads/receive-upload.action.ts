import type { Readable } from 'node:stream';
import type { Deps } from '../context.js';
import { WorkshopFull } from '../renditions/workshop.js';
import { acceptedType, type AcceptedType } from './accepted-type.js';
import { inspectFile, type InspectOutcome } from './inspect-file.action.js';
import { checkToken } from './signed-token.js';
import { FileTooLong, receiveFile } from './temporary-file.store.js';
import { UploadStatus, type Upload } from './upload.js';
import { findUpload, markReceived, takeAttempt } from './upload.store.js';

/** Why a file was not taken. Nothing was kept; where it says so, it may be sent again. */
export type UploadProblem =
  | { kind: 'forged-token' }
  | { kind: 'expired' }
  | { kind: 'already-received' }
  | { kind: 'too-many-attempts' }
  | { kind: 'too-large'; maxBytes: number }
  | { kind: 'length-mismatch'; expected: number }
  | { kind: 'hash-mismatch' }
  | { kind: 'busy' }
  | Exclude<InspectOutcome, { kind: 'stored' }>;

export type ReceiveUploadOutcome = { kind: 'received' } | UploadProblem;

/**
 * Takes the file an upload announced: exactly as long as announced, with the announced SHA-256 if there was one,
 * and truly of its type. The address works until it has worked once.
 *
 * @throws what the stream fails with when the sender goes away; nothing is kept then
 */
export async function receiveUpload(
  deps: Deps,
  sent: { uploadId: string; token: string; contentLength: number | null; body: Readable },
): Promise<ReceiveUploadOutcome> {
  const admitted = await admit(deps, sent);
  if (admitted.kind !== 'admitted') return admitted;
  const { upload, accepted } = admitted;
  const tooLarge = { kind: 'too-large', maxBytes: accepted.maxBytes } as const;
  const mismatch = { kind: 'length-mismatch', expected: upload.bytes } as const;
  try {
    await using file = await receiveFile(sent.body, {
      folder: deps.config.temporaryFolder,
      maxBytes: upload.bytes,
    });
    if (file.bytes !== upload.bytes) return mismatch;
    if (upload.sha256 && file.sha256 !== upload.sha256) return { kind: 'hash-mismatch' };
    const inspected = await inspectFile(deps, file, accepted);
    if (inspected.kind !== 'stored') return inspected;
    const isFirst = await markReceived(deps.prisma, upload.id, {
      ...inspected.file,
      receivedAt: deps.now(),
    });
    return isFirst ? { kind: 'received' } : { kind: 'already-received' };
  } catch (error) {
    if (error instanceof FileTooLong) return upload.bytes === accepted.maxBytes ? tooLarge : mismatch;
    if (error instanceof WorkshopFull) return { kind: 'busy' };
    throw error;
  }
}

type Admission = { kind: 'admitted'; upload: Upload; accepted: AcceptedType } | UploadProblem;

/** Everything that can be said before the first byte is read. */
async function admit(
  deps: Deps,
  sent: { uploadId: string; token: string; contentLength: number | null },
): Promise<Admission> {
  const { uploadId, token, contentLength } = sent;
  const grant = { to: 'send', id: uploadId } as const;
  const check = checkToken(deps.config.uploadKeys, { grant, token }, deps.now());
  if (check === 'forged') return { kind: 'forged-token' };
  if (check === 'expired') return { kind: 'expired' };
  const upload = await findUpload(deps.prisma, uploadId);
  const accepted = upload && acceptedType(upload.purpose, upload.mimeType);
  if (!accepted) return { kind: 'expired' };
  if (upload.status !== UploadStatus.OPEN) return { kind: 'already-received' };
  if (contentLength !== null && contentLength > accepted.maxBytes)
    return { kind: 'too-large', maxBytes: accepted.maxBytes };
  if (contentLength !== null && contentLength !== upload.bytes)
    return { kind: 'length-mismatch', expected: upload.bytes };
  if (!(await takeAttempt(deps.prisma, uploadId))) return { kind: 'too-many-attempts' };
  return { kind: 'admitted', upload, accepted };
}
