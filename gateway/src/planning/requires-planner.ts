import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { parse, print, type DocumentNode } from 'graphql';
import { buildSupergraph, type LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { createCompleteKeys } from './complete-keys.js';
import { createOverrideConditions } from './override-labels.js';
import { requireFreeAliases, takesNames } from './requires-names.js';
import { restorePlan } from './requires-plan.js';
import { separateRequiredFields, type SeparatedSupergraph } from './requires-supergraph.js';

export type PlanDocument = (document: DocumentNode) => QueryPlan;

/**
 * Plans operations so that what subgraphs are told, keys and required fields, never meets what the client asks for
 * under one name. Required fields with arguments are always kept apart; all others only for operations with an alias
 * that looks like one of them, by a second planner that is made when the first such operation comes.
 *
 * @throws {GraphQLError} from the returned function: `GRAPHQL_VALIDATION_FAILED` (400) for a reserved alias
 */
export function createRequiresPlanner({ sdl, supergraph, apiSchema }: LoadedSupergraph): PlanDocument {
  const document = parse(sdl, { noLocation: true });
  const overrides = createOverrideConditions(document);
  const withArguments = separateRequiredFields(document, 'arguments');
  const everything = separateRequiredFields(document, 'everything');
  const names = new Set([...(everything?.fields.values() ?? [])].map(({ name }) => name));

  const plannerOver = (separated: SeparatedSupergraph | null): PlanDocument => {
    const completeKeys = createCompleteKeys(separated?.document ?? document);
    const planner = new QueryPlanner(separated ? buildSupergraph(separated.document) : supergraph);
    return (asked) => {
      const plan = planner.buildQueryPlan(operationFromDocument(apiSchema, asked), {
        overrideConditions: overrides(print(asked)),
      });
      return separated ? restorePlan(completeKeys(plan), separated) : completeKeys(plan);
    };
  };
  const usual = plannerOver(withArguments);
  let careful: PlanDocument | undefined;

  return (asked) => {
    requireFreeAliases(asked);
    if (!takesNames(asked, names)) return usual(asked);
    careful ??= plannerOver(everything);
    return careful(asked);
  };
}
