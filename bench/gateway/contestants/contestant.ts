import type { QuestionName } from '../graph/questions.js';
import type { SubgraphName } from '../graph/subgraphs.js';

export const CONTESTANT_NAMES = [
  'storegraph-http',
  'storegraph-unix',
  'storegraph-in-process',
  'storegraph-cached',
  'stock-http',
  'stock-in-process',
  'hive-http',
  'hive-rust-http',
  'monolith',
  'fastify-bytes',
] as const;
export type ContestantName = (typeof CONTESTANT_NAMES)[number];

/** What contestants are started with. */
export type Surroundings = {
  readonly folder: string;
  /** With an access rule, and without: see `subgraphSource`. The second says where subgraphs are. */
  readonly supergraphFiles: { readonly guarded: string; readonly open: string };
  readonly urls: Readonly<Record<'http' | 'unix', Readonly<Record<SubgraphName, string>>>>;
};

/** Something that answers the questions at `/graphql`, on the port it is told. */
export type Contestant = {
  readonly name: ContestantName;
  readonly title: string;
  /** What it is asked. */
  readonly questions: readonly QuestionName[];
  readonly subgraphs: 'over HTTP' | 'over Unix sockets' | 'in process' | 'none';
  command(surroundings: Surroundings, port: number): Command;
};

export type Command = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};
