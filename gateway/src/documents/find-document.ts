import type { Logger } from '@storegraph/observability';
import { refusal } from '@storegraph/subgraph-server';
import type { PersistedQueries } from './persisted-queries.js';
import { sha256 } from './sha256.js';
import type { TrustedDocuments } from './trusted-documents.js';
import { unknownDocumentLog } from './unknown-document-log.js';

/**
 * What becomes of documents nobody promised: `only` trusted ones are run, unknown ones are noted in the `log`, or the
 * list is `off`.
 */
export type AllowList = 'only' | 'log' | 'off';

/** How a request says what to run: the text itself, the name of a known one, or both to have it registered. */
export type DocumentRequest = {
  readonly query?: string | undefined;
  readonly documentId?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
};

export type FoundDocument = {
  readonly source: string;
  /** The request named the document instead of spelling it out. */
  readonly isNamed: boolean;
  /** The hash to register the text under, once it has proved valid. */
  readonly registerAs?: string;
};

export type Documents = {
  /**
   * Finds the text a request is about.
   *
   * @throws {GraphQLError} `BAD_USER_INPUT` for a request without one, `PERSISTED_QUERY_NOT_FOUND` or
   *   `PERSISTED_QUERY_NOT_SUPPORTED` for a hash, as clients of persisted queries expect them, `DOCUMENT_NOT_TRUSTED`
   */
  find(request: DocumentRequest): FoundDocument | Promise<FoundDocument>;
  /** Keeps a document that proved valid, if its request asked for that. */
  register(document: FoundDocument): void;
};

/** Apollo's protocol, "Automatic persisted queries": its only version. */
const PERSISTED_QUERY_VERSION = 1;
/** Says that a document id is a hash (GraphQL over HTTP, "Document Identifier"). */
const HASH_PREFIX = 'sha256:';

/** @param options.persisted `null`: clients may not register documents */
export function createDocuments(options: {
  trusted: TrustedDocuments;
  allowList: AllowList;
  persisted: PersistedQueries | null;
  log: Logger;
}): Documents {
  const { trusted, allowList } = options;
  const noteUnknown = unknownDocumentLog(options.log);
  const persisted = allowList === 'only' ? null : options.persisted;

  /** A text that came with the request. */
  const admit = (source: string): string => {
    if (allowList === 'off' || trusted.has(source)) return source;
    if (allowList === 'only') throw notTrusted();
    noteUnknown(source);
    return source;
  };

  const findNamed = (name: string): FoundDocument | Promise<FoundDocument> => {
    const source = trusted.find(name) ?? persisted?.find(name);
    return source instanceof Promise ? source.then(named) : named(source);
  };

  const named = (source: string | undefined): FoundDocument => {
    if (source !== undefined) return { source, isNamed: true };
    if (allowList === 'only') throw notTrusted();
    throw persisted
      ? refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
      : refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  };

  return {
    find({ query, documentId, extensions }) {
      const hash = persistedHash(extensions);
      if (!query) {
        const name = documentId ?? hash;
        if (!name) throw refusal('BAD_USER_INPUT', 'Say what to run: "query", or the "documentId" of one.');
        return findNamed(name.startsWith(HASH_PREFIX) ? name.slice(HASH_PREFIX.length) : name);
      }
      if (hash === undefined) return { source: admit(query), isNamed: false };
      if (sha256(query) !== hash)
        throw refusal('BAD_USER_INPUT', 'The hash of the persisted query is not that of the query.');
      return { source: admit(query), isNamed: false, registerAs: hash };
    },
    register({ source, registerAs }) {
      if (registerAs !== undefined && !trusted.has(source)) persisted?.register(registerAs, source);
    },
  };
}

/** @throws {GraphQLError} `BAD_USER_INPUT` for an extension of that name which is something else */
function persistedHash(extensions: DocumentRequest['extensions']): string | undefined {
  const persistedQuery = extensions?.['persistedQuery'];
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
  if (version !== PERSISTED_QUERY_VERSION || typeof sha256Hash !== 'string')
    throw refusal('BAD_USER_INPUT', '"persistedQuery" must have "version": 1 and a "sha256Hash".');
  return sha256Hash;
}

function notTrusted() {
  return refusal('DOCUMENT_NOT_TRUSTED', 'Only documents of the shop’s own clients are run here.');
}
