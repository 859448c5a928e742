import type pg from 'pg';
import type { HttpClient } from '../load/http-client.js';

export const OPERATION_NAMES = ['list', 'detail', 'cart', 'checkout'] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** What one turn needs; made before anything is measured, handed to the load process as JSON. */
export type Input = {
  /** The body of the request, for the shop and the floor alike. */
  readonly request: string;
  /** What the shop answered when it was asked first: the bytes the floor has to give. */
  readonly answer: string;
};

/** The shop, as an operation prepares itself with. */
export type OpenShop = {
  readonly url: string;
  readonly client: HttpClient;
};

/**
 * The least a server can do for an operation: read the request, run one hand-written statement, send the text it
 * answers.
 */
export type Floor = {
  /** Makes and fills the tables the statement needs, in a database of the floor's own. */
  fill(database: pg.Client, inputs: readonly Input[]): Promise<void>;
  /** Answers one row with one column, `body`. */
  readonly statement: string;
  /** The statement's parameters, from the request's parsed body. */
  parameters(request: unknown): unknown[];
};

/** Something shoppers do, measured. */
export type Operation = {
  readonly name: OperationName;
  readonly title: string;
  /** Server CPU milliseconds it should stay under; null where nothing was promised. */
  readonly targetCpuMillis: number | null;
  /** The share of the asked-for turns that is taken: an operation of many requests is taken fewer times. */
  readonly share: number;
  /** @param turns how many will be taken at most */
  prepare(shop: OpenShop, turns: number): Promise<readonly Input[]>;
  /** One turn against the shop. @throws {UnexpectedAnswer} when the answer is not what it should be */
  perform(shop: OpenShop, input: Input): Promise<void>;
  readonly floor: Floor;
  /** What differs from turn to turn in an answer; everything else is the same, on both sides. */
  readonly changing: RegExp | null;
};

/** Whether two answers say the same, but for what changes with every turn. */
export function isSameAnswer({ changing }: Operation, one: string, other: string): boolean {
  if (!changing) return one === other;
  return one.replaceAll(changing, '') === other.replaceAll(changing, '');
}
