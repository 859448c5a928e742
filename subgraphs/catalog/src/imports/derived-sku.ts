import { createHash } from 'node:crypto';

/** Longest SKU this function makes; well inside what label printers and marketplaces take. */
const MAX_LENGTH = 60;

/**
 * The SKU of a variant whose file gives none: always the same for the same handle and options, whatever the order of
 * rows, so that importing a file twice meets the same variants.
 *
 * Readable where nothing is lost (`TRAIL-MUG-BLUE-350ML`); where writing it in capitals, digits and hyphens loses
 * something ("Größe", "1/2" beside "1 2", a very long handle) a short hash keeps different variants apart.
 */
export function deriveSku(handle: string, optionValues: readonly string[]): string {
  const source = [handle, ...optionValues];
  const readable = source.map(readablePart).join('-');
  const isFaithful = source.every((part) => /^[a-z0-9]+(?:[ -][a-z0-9]+)*$/i.test(part));
  if (isFaithful && readable.length <= MAX_LENGTH) return readable;
  return deriveHashedSku(handle, optionValues);
}

/** The same with the hash always present, for when the readable form is already another variant's SKU. */
export function deriveHashedSku(handle: string, optionValues: readonly string[]): string {
  const source = [handle, ...optionValues];
  const hash = createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 10).toUpperCase();
  const readable = source.map(readablePart).filter(Boolean).join('-');
  const room = MAX_LENGTH - hash.length - 1;
  return [readable.slice(0, room).replace(/-+$/, ''), hash].filter(Boolean).join('-');
}

function readablePart(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
