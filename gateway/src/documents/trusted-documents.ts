import { z } from 'zod';
import { sha256 } from './sha256.js';

/** The documents the shop's own clients send, known before they do. */
export type TrustedDocuments = {
  /** The text of a document by its id; `undefined` when there is none of that id. */
  find(id: string): string | undefined;
  /** Whether a text is one of them, to the letter. */
  has(source: string): boolean;
  /** The texts of all of them. */
  readonly sources: Iterable<string>;
  readonly size: number;
};

/** What Apollo's and Relay's tools write for their clients: `npm run documents` writes the first. */
const MANIFEST = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
  }),
  z.record(z.string().min(1), z.string().min(1)),
]);

const HASH = /^[0-9a-f]{64}$/;

export const NO_TRUSTED_DOCUMENTS: TrustedDocuments = trustedDocuments(new Map());

/**
 * Reads a manifest of persisted operations.
 *
 * @throws {TypeError} when it is none, or when a document is not the one its hash names
 */
export function readTrustedDocuments(json: string): TrustedDocuments {
  const manifest = MANIFEST.safeParse(JSON.parse(json));
  if (!manifest.success) throw new TypeError(`no manifest of documents: ${z.prettifyError(manifest.error)}`);
  const bodies = new Map(entriesOf(manifest.data));
  for (const [id, body] of bodies)
    if (HASH.test(id) && id !== sha256(body))
      throw new TypeError(`the manifest gives document ${id} another text than its own`);
  return trustedDocuments(bodies);
}

function entriesOf(manifest: z.infer<typeof MANIFEST>): [id: string, body: string][] {
  if (!Array.isArray(manifest['operations'])) return Object.entries(manifest as Record<string, string>);
  return manifest['operations'].map(({ id, body }) => [id, body]);
}

function trustedDocuments(bodies: ReadonlyMap<string, string>): TrustedDocuments {
  const texts = new Set(bodies.values());
  return {
    find: (id) => bodies.get(id),
    has: (source) => texts.has(source),
    sources: texts,
    size: bodies.size,
  };
}
