/** The supergraph cannot be served; the gateway must not start with it. */
export class SupergraphRefused extends Error {
  override readonly name = 'SupergraphRefused';

  constructor(
    /**
     * `unreadable`: not a supergraph the planner understands.
     * `no-enforcement`: it carries no access rule, so serving it would open everything.
     * `unknown-rule`: a rule that nothing here can decide.
     */
    readonly reason: 'unreadable' | 'no-enforcement' | 'unknown-rule',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
