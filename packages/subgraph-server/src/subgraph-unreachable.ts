/**
 * Why there is no answer: `connection` the request or its answer was lost on the way, `status` a server error,
 * `timeout` nothing within the time there was, `answer` something that is no GraphQL answer or is too large,
 * `abandoned` the caller went away.
 */
export type UnreachableReason = 'connection' | 'status' | 'timeout' | 'answer' | 'abandoned';

/** The subgraph did not answer GraphQL: refused, reset, timed out, or spoke something else. */
export class SubgraphUnreachable extends Error {
  override readonly name = 'SubgraphUnreachable';
  readonly reason: UnreachableReason;

  constructor(
    readonly subgraph: string,
    { reason = 'connection', ...options }: ErrorOptions & { reason?: UnreachableReason } = {},
  ) {
    super(`${subgraph} is unreachable`, options);
    this.reason = reason;
  }
}
