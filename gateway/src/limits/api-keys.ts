import { createHash } from 'node:crypto';
import { refusal } from '@storegraph/subgraph-server';

/** By what a client shows its API key. */
export const API_KEY_HEADER = 'x-api-key';

/** Names of API keys by the SHA-256 of the key, in lower-case hexadecimal. */
export type ApiKeys = ReadonlyMap<string, string>;

/** Tells the name of a key a client shows; `undefined` for none. */
export type RecogniseApiKey = (shown: string | undefined) => string | undefined;

/**
 * An API key says which program is asking, so that it has an allowance of its own. It is nobody's identity and opens
 * nothing. Only digests are kept: looking one up tells nothing about the others.
 *
 * @throws {GraphQLError} from the returned function: `UNAUTHENTICATED` (401) for a key nobody was given
 */
export function createRecogniseApiKey(keys: ApiKeys): RecogniseApiKey {
  return (shown) => {
    if (shown === undefined || shown === '') return undefined;
    const name = keys.get(createHash('sha256').update(shown).digest('hex'));
    if (name === undefined)
      throw refusal('UNAUTHENTICATED', 'The API key is not valid.', { http: { status: 401 } });
    return name;
  };
}
