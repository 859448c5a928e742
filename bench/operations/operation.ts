import type pg from 'pg';
import type { HttpClient } from '../load/http-client.js';

export const OPERATION_NAMES = ['list', 'detail'] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** What one turn needs; made before anything is measured, handed to the load process as JSON. */
export type Input = {
  /** The body of the request, for the shop and the floor alike. */
  readonly request: string;
  /** What the shop answered when it was asked first: the bytes the floor has to give. */
  readonly answer: string;
};

/** The shop, as an operation prepares itself with. */
export type PreparedShop = {
  readonly url: string;
  readonly client: HttpClient;
  /** How many turns will be taken at most, warm-up included. */
  readonly turns: number;
};

/**
 * The least a server can do for an operation: read the request, run one hand-written statement, send the text it
 * answers.
 */
export type Floor<Turn extends Input> = {
  /** Makes and fills the tables the statement needs, in a database of the floor's own. */
  fill(database: pg.Client, inputs: readonly Turn[]): Promise<void>;
  /** Answers one row with one column, `body`. */
  readonly statement: string;
  /** The statement's parameters, from the request's parsed body. */
  parameters(request: unknown): unknown[];
  /** Whether an answer has to be the very text of `Input.answer`, or, where it counts up, only as long. */
  readonly sameText: boolean;
};

/** Something shoppers do, measured. */
export type Operation<Turn extends Input = Input> = {
  readonly name: OperationName;
  readonly title: string;
  /** Server CPU milliseconds it should stay under; null where nothing was promised. */
  readonly targetCpuMillis: number | null;
  /** The share of `--requests` that is measured: an operation of many requests is taken fewer times. */
  readonly share: number;
  prepare(shop: PreparedShop): Promise<readonly Turn[]>;
  /** One turn against the shop. @throws when the answer is not what it should be */
  perform(client: HttpClient, url: string, turn: Turn): Promise<void>;
  readonly floor: Floor<Turn>;
};
