/** The subgraph did not answer GraphQL: refused, reset, timed out, or spoke something else. */
export class SubgraphUnreachable extends Error {
  override readonly name = 'SubgraphUnreachable';

  constructor(
    readonly subgraph: string,
    options?: ErrorOptions,
  ) {
    super(`${subgraph} is unreachable`, options);
  }
}
