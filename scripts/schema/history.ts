import { execFileSync } from 'node:child_process';
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** The schema a client sees: the supergraph without federation's own types and without @inaccessible parts. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  // null: any feature may be linked; this process reads the schema and enforces nothing.
  return Supergraph.build(supergraphSdl, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
}

/** A file as it stood at a revision, or null where that revision, or the file in it, does not exist. */
export function fileAt(revision: string, path: string): string | null {
  try {
    return execFileSync('git', ['show', `${revision}:${path}`], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}
