import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import type { Finding } from './finding.js';

/** A break somebody decided on: schema/accepted-breaks.json holds a list of these. */
export interface AcceptedBreak {
  /** The change's kind, such as `FIELD_REMOVED`. */
  change: string;
  /** The schema coordinate it happened at, such as `Product.rating`. */
  at: string;
  /** Why clients can live with it. */
  reason: string;
}

/** Changes from `before` to `after` that break a client and that nobody accepted, both being API schemas. */
export async function breaksAreAccepted(
  { before, after }: { before: GraphQLSchema; after: GraphQLSchema },
  accepted: AcceptedBreak[],
): Promise<Finding[]> {
  const changes = await diff(before, after);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .filter(
      ({ type, path }) => !accepted.some((each) => each.change === type && each.at === path && each.reason),
    )
    .map(({ type, path, message }) => ({
      rule: 'breaks-are-accepted',
      at: `${type} ${path ?? ''}`.trim(),
      message: `${message}; keep it, or give the reason in schema/accepted-breaks.json`,
    }));
}
