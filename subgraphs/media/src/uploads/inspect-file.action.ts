import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type/node';
import { AssetKind } from '../assets/asset.js';
import { keepBlob, keepBytes } from '../blobs/keep-blob.action.js';
import type { Deps } from '../context.js';
import { normaliseImage } from '../renditions/normalise-image.action.js';
import { CSV, type AcceptedType } from './accepted-type.js';
import type { StoredFile } from './upload.js';

export type InspectOutcome =
  | { kind: 'stored'; file: StoredFile }
  | { kind: 'unsupported-type' }
  | { kind: 'malformed' }
  | { kind: 'too-many-pixels' };

/**
 * Looks whether a file is what it says it is, and keeps it: images decoded and encoded anew, everything else as
 * it came. What the name or the headers claim counts for nothing.
 *
 * @throws {WorkshopFull} when too many pictures wait to be decoded; nothing is kept then
 */
export async function inspectFile(
  deps: Deps,
  file: { path: string; bytes: number; sha256: string },
  accepted: AcceptedType,
): Promise<InspectOutcome> {
  if (!(await looksRight(file.path, accepted))) return { kind: 'unsupported-type' };
  if (accepted.kind === AssetKind.IMAGE) {
    const name = `inspect/${file.path}`;
    return deps.workshop.do(name, () => storeImage(deps, file.path, accepted.mimeType));
  }
  await keepBlob(deps, file.sha256, { path: file.path });
  const unknown = { width: null, height: null, dominantColor: null };
  return {
    kind: 'stored',
    file: { contentHash: file.sha256, fileSize: BigInt(file.bytes), ...unknown },
  };
}

async function storeImage(deps: Deps, path: string, mimeType: string): Promise<InspectOutcome> {
  const outcome = await normaliseImage(path, mimeType);
  if (outcome.kind !== 'normalised') return outcome;
  const { content, width, height, dominantColor } = outcome.image;
  const contentHash = await keepBytes(deps, content);
  return {
    kind: 'stored',
    file: { contentHash, fileSize: BigInt(content.length), width, height, dominantColor },
  };
}

async function looksRight(path: string, accepted: AcceptedType): Promise<boolean> {
  const found = await fileTypeFromFile(path);
  if (accepted.mimeType === CSV) return found === undefined && isText(await readFile(path));
  return found !== undefined && accepted.looksLike.includes(found.mime);
}

function isText(content: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(content).includes('\0');
  } catch {
    return false;
  }
}
