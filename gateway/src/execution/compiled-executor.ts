import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { Kind, visit, type ExecutionResult } from 'graphql';
import type { PlannedOperation } from '../planning/planner.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { compileSteps } from './steps/compile-steps.js';
import { compileWriter, type WriteAnswer } from './writing/compile-writer.js';
import type { Compiling } from './steps/entity-fetch.js';
import { createIntrospect } from './writing/introspect.js';
import { join } from './join.js';
import type { KeptEntities } from './kept-entities.js';
import type { PlanExecutor, PlanRun } from './plan-executor.js';
import { NOTHING, type Entity, type RunState, type Step } from './plan-run.js';
import { createTypeNames } from './steps/type-names.js';
import { WriteState } from './writing/write-state.js';
import { WrittenData } from './writing/written-data.js';

/** Everything about an operation that does not change from run to run. */
type CompiledOperation = {
  readonly steps: Step;
  /** The writer for what `@skip` and `@include` come to with these variables. */
  writerFor(coerced: Readonly<Record<string, unknown>>): WriteAnswer;
};

/** An operation has a writer for each outcome of its conditions; of very many outcomes only these are kept. */
const KEPT_WRITERS = 32;

/**
 * Runs plans compiled once: what a fetch needs is picked, put together, sent and joined by functions made for that plan,
 * and the text of the answer is written by functions made for that operation.
 */
export function createCompiledExecutor(supergraph: LoadedSupergraph, kept?: KeptEntities): PlanExecutor {
  const compiling = { types: createTypeNames(supergraph.supergraphSchema), kept };
  const compiled = new WeakMap<PlannedOperation, CompiledOperation>();
  const compiledFor = (planned: PlannedOperation): CompiledOperation => {
    const operation = compiled.get(planned) ?? compileOperation(planned, supergraph, compiling);
    compiled.set(planned, operation);
    return operation;
  };
  return (run) => runCompiled(compiledFor(run.planned), run);
}

async function runCompiled({ steps, writerFor }: CompiledOperation, run: PlanRun): Promise<ExecutionResult> {
  const { planned: _planned, event, ...rest } = run;
  const data: Entity = {};
  const state: RunState = { ...rest, data, errors: [], shares: false };
  if (event) {
    state.errors.push(...(event.errors ?? []));
    if (event.data) join(data, event.data);
  }
  await steps(state);
  return answer(writerFor(run.coerced), state);
}

/** A value that is gone without an error counts as one only where no subgraph has said what is wrong. */
function answer(write: WriteAnswer, state: RunState): ExecutionResult {
  const writing = new WriteState(state.variables, { shares: state.shares });
  const text = write(state.data, writing);
  const { gone, withheld } = writing.errors();
  const errors = [...(state.errors.length > 0 ? state.errors : gone), ...withheld];
  const data = (typeof text === 'string' ? new WrittenData(text) : null) as ExecutionResult['data'];
  return errors.length > 0 ? { data, errors } : { data };
}

function compileOperation(
  planned: PlannedOperation,
  { schema }: LoadedSupergraph,
  compiling: Compiling,
): CompiledOperation {
  const node = nodeOf(planned.plan);
  const introspect = createIntrospect(planned, schema);
  const names = conditionNames(planned);
  const writers = new Map<string, WriteAnswer>();
  return {
    steps: node ? compileSteps(node, compiling) : NOTHING,
    writerFor(coerced) {
      const outcome = names.map((name) => (coerced[name] === true ? 1 : 0)).join('');
      const known = writers.get(outcome);
      if (known) return known;
      const conditions = Object.fromEntries(names.map((name) => [name, coerced[name] === true]));
      const writer = compileWriter({ planned, schema, conditions, introspect });
      if (writers.size >= KEPT_WRITERS) writers.delete(writers.keys().next().value ?? '');
      writers.set(outcome, writer);
      return writer;
    },
  };
}

/** What is to be run: of a subscription, what completes an event. */
function nodeOf({ node }: QueryPlan): PlanNode | undefined {
  return node?.kind === 'Subscription' ? (node satisfies SubscriptionNode).rest : node;
}

/** Variables that decide whether something is selected. */
function conditionNames({ document }: PlannedOperation): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      return false;
    },
  });
  return [...names];
}
