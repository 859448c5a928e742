import { LRUCache } from 'lru-cache';
import type { QueryPlan } from '@apollo/query-planner';
import { print, type DocumentNode } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { WithheldFields } from '../access/withheld-fields.js';
import { countKnownPlan, measurePlanning, showRememberedPlans } from '../insight/plan-metrics.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { createRequiresPlanner } from './requires-planner.js';
import { selectOperation, type SelectedOperation } from './select-operation.js';
import { planSerially } from './serial-mutations.js';
import { settleConditions } from './settle-conditions.js';
import { TookTooLong, cutOffAfter } from './cut-off-after.js';

/** An operation ready to run for one kind of viewer. */
export type PlannedOperation = SelectedOperation & {
  readonly plan: QueryPlan;
  readonly withheld: WithheldFields['withheld'];
};

export type Planner = {
  /**
   * Plans a document with one operation. Planning blocks the thread: limits come first.
   *
   * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400) for an operation that cannot be planned in time
   */
  plan(fields: WithheldFields): PlannedOperation;
};

/** The worst operations that pass the limits take a quarter of a second; a busy machine may take several times that. */
const PLANNING_MILLIS = 2_000; // two seconds
const REMEMBERED_REFUSALS = 1_000;

const REMEMBERED_BYTES = 32 * 1_024 * 1_024; // 32 MiB, as far as text tells

/**
 * Plans operations and remembers the plans by the operation's printed text, so that documents which differ in layout or
 * literals share a plan and all that is compiled from it. Planning is synchronous, so requests that wait for the same
 * cold plan find it made when their turn comes.
 */
export function createPlanner(supergraph: LoadedSupergraph): Planner {
  const createPlan = () => createRequiresPlanner(supergraph);
  let planDocument = createPlan();
  const refused = new LRUCache<string, true>({ max: REMEMBERED_REFUSALS });
  const plans = new LRUCache<string, PlannedOperation>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: ({ plan }, text) => text.length + JSON.stringify(plan).length,
  });

  const planInTime = (document: DocumentNode, text: string): QueryPlan => {
    if (refused.has(text)) throw tooLong();
    try {
      return cutOffAfter(PLANNING_MILLIS, () => planSerially(settleConditions(document), planDocument));
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      refused.set(text, true);
      // What it knew may be half changed.
      planDocument = createPlan();
      throw tooLong();
    }
  };

  return {
    plan({ document, withheld }) {
      const text = `${print(document)} ${JSON.stringify(withheld)}`;
      const known = plans.get(text);
      if (known) {
        countKnownPlan();
        return known;
      }
      const plan = measurePlanning(() => planInTime(document, text));
      const planned = { ...selectOperation(document, undefined), plan, withheld };
      plans.set(text, planned);
      showRememberedPlans(plans.size);
      return planned;
    },
  };
}

function tooLong() {
  return refusal(
    'GRAPHQL_VALIDATION_FAILED',
    'The operation asks for too much: it cannot be planned in time.',
    {
      http: { status: 400 },
    },
  );
}
