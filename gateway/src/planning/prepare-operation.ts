import type { DocumentNode, FieldNode } from 'graphql';
import type { Viewer } from '@storegraph/identity';
import { findProtectedFields, type ProtectedField } from '../access/protected-fields.js';
import { rootSelections } from '../access/root-selections.js';
import { firstObjection, type Verdict } from '../access/verdict.js';
import { refuseOperation, withholdFields } from '../access/withheld-fields.js';
import { countKnownPlan } from '../insight/plan-metrics.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { liftLiterals } from './lift-literals.js';
import type { PlannedOperation, Planner } from './planner.js';
import { selectOperation, type SelectedOperation } from './select-operation.js';

type Variables = Readonly<Record<string, unknown>>;

const NO_FIELDS: ReadonlySet<FieldNode> = new Set();

/** An operation, analysed once for all viewers. */
export type PreparedOperation = SelectedOperation & {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly literals: Variables;
  /**
   * Plans what the viewer may see of the operation; refused before planning when a root field is denied.
   *
   * @throws {GraphQLError} `UNAUTHENTICATED` or `FORBIDDEN`
   */
  planFor(viewer: Viewer, variables: Variables): PlannedOperation;
};

export type PrepareOperation = (
  document: DocumentNode,
  operationName: string | undefined,
) => PreparedOperation;

/** Prepares operations, remembering each for as long as its document is kept. */
export function createPrepareOperation(supergraph: LoadedSupergraph, planner: Planner): PrepareOperation {
  const remembered = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();
  return (document, operationName) => {
    const operations = remembered.get(document) ?? new Map<string, PreparedOperation>();
    remembered.set(document, operations);
    const name = operationName ?? '';
    const prepared =
      operations.get(name) ?? prepare(selectOperation(document, operationName), { supergraph, planner });
    operations.set(name, prepared);
    return prepared;
  };
}

function prepare(
  selected: SelectedOperation,
  { supergraph, planner }: { supergraph: LoadedSupergraph; planner: Planner },
): PreparedOperation {
  const lifted = liftLiterals(selected.document, supergraph.schema);
  const whole = selectOperation(lifted.document, undefined);
  const fields = findProtectedFields(whole.document, supergraph);
  const guardsRoots = fields.some(({ isRoot }) => isRoot);
  const planned = new Map<string, PlannedOperation>();

  return {
    ...whole,
    kind: whole.operation.operation,
    literals: lifted.literals,
    planFor(viewer, variables) {
      const roots = guardsRoots ? rootSelections({ ...whole, variables }) : NO_FIELDS;
      const denied = deniedTo(viewer, fields, roots);
      const signature = fields.map(({ node }) => denied.get(node) ?? '').join();
      const known = planned.get(signature);
      if (known) {
        countKnownPlan();
        return known;
      }
      const shown =
        denied.size > 0 ? withholdFields(whole.document, denied) : { document: whole.document, withheld: [] };
      const fresh = planner.plan(shown);
      planned.set(signature, fresh);
      return fresh;
    },
  };
}

/** What of the operation the viewer may not see. @throws when nothing sensible would be left of the answer */
function deniedTo(
  viewer: Viewer,
  fields: readonly ProtectedField[],
  roots: ReadonlySet<FieldNode>,
): Map<FieldNode, NonNullable<Verdict>> {
  const denied = new Map<FieldNode, NonNullable<Verdict>>();
  for (const { node, rules, isRoot, isNullable } of fields) {
    if (isRoot && !roots.has(node)) continue;
    const verdict = firstObjection(rules, viewer);
    if (!verdict) continue;
    if (isRoot || !isNullable) throw refuseOperation(verdict);
    denied.set(node, verdict);
  }
  return denied;
}
