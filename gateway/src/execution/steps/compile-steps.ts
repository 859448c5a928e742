import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { canTravelTogether } from './entity-document.js';
import { compileEntityFetch, type Compiling } from './entity-fetch.js';
import type { PlacedFetch } from './entity-request.js';
import type { EntityPath } from './entity-path.js';
import { NOTHING, type Step } from '../plan-run.js';
import { compileRootFetch } from './root-fetch.js';

/** Compiles a node of a query plan and all below it. */
export function compileSteps(node: PlanNode, compiling: Compiling, path: EntityPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, compiling);
    case 'Flatten':
      return compileSteps(node.node, compiling, [...path, ...node.path.map(String)]);
    case 'Sequence':
      return inSequence(node.nodes.map((one) => compileSteps(one, compiling, path)));
    case 'Parallel':
      return compileParallel(node.nodes, compiling, path);
    case 'Condition': {
      const { condition, ifClause, elseClause } = node;
      const met = ifClause ? compileSteps(ifClause, compiling, path) : NOTHING;
      const unmet = elseClause ? compileSteps(elseClause, compiling, path) : NOTHING;
      return (state) => (state.coerced[condition] === true ? met : unmet)(state);
    }
    case 'Defer':
      throw new TypeError('@defer is not part of what clients may ask');
  }
}

function compileFetch(fetch: FetchNode, path: EntityPath, compiling: Compiling): Step {
  return fetch.requires
    ? compileEntityFetch([{ fetch, path }], compiling)
    : compileRootFetch(fetch, path, compiling.types);
}

function inSequence(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  return async (state) => {
    for (const step of steps) await step(state);
  };
}

function inParallel(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  return async (state) => {
    await Promise.all(steps.map((step) => step(state)));
  };
}

/** A branch that begins with a fetch of entities, and what waits for it. */
type Branch = { readonly head: PlacedFetch; readonly rest: PlanNode | null };

/**
 * Branches that begin with entities from the same subgraph start together: their first fetches travel as one request,
 * and so do those that follow, if they can.
 */
function compileParallel(nodes: readonly PlanNode[], compiling: Compiling, path: EntityPath): Step {
  const bySubgraph = new Map<string, Branch[]>();
  const others: Step[] = [];
  for (const node of nodes) {
    const branch = branchOf(node, path);
    if (!branch) others.push(compileSteps(node, compiling, path));
    else {
      const { serviceName } = branch.head.fetch;
      bySubgraph.set(serviceName, [...(bySubgraph.get(serviceName) ?? []), branch]);
    }
  }
  const together = [...bySubgraph.values()].map((branches) => {
    const heads = compileEntityFetch(
      branches.map(({ head }) => head),
      compiling,
    );
    const rests = branches.flatMap(({ rest }) => rest ?? []);
    return rests.length === 0 ? heads : inSequence([heads, compileParallel(rests, compiling, path)]);
  });
  return inParallel([...together, ...others]);
}

function branchOf(node: PlanNode, path: EntityPath): Branch | null {
  if (node.kind === 'Sequence') {
    const [first, ...nodes] = node.nodes;
    const branch = first ? branchOf(first, path) : null;
    if (!branch || nodes.length === 0) return branch;
    const rests: PlanNode[] = branch.rest ? [branch.rest, ...nodes] : nodes;
    return { head: branch.head, rest: { kind: 'Sequence', nodes: rests } };
  }
  const fetch = node.kind === 'Flatten' ? node.node : node;
  if (fetch.kind !== 'Fetch' || !canTravelTogether(fetch)) return null;
  const below = node.kind === 'Flatten' ? node.path.map(String) : [];
  return { head: { fetch, path: [...path, ...below] }, rest: null };
}
