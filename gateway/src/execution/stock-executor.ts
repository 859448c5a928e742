import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import { executeQueryPlan } from '@apollo/gateway/dist/executeQueryPlan.js';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { GraphQLError, parse, type DocumentNode, type ExecutionResult } from 'graphql';
import { showWithheld } from '../access/withheld-fields.js';
import { withPublicNames } from '../planning/requires-names.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { placed } from './steps/entity-errors.js';
import type { AnswerPath } from './steps/entity-path.js';
import { entityGap, keyOf, rootFields } from './steps/gaps.js';
import type { PlanExecutor, PlanRun } from './plan-executor.js';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type StockContext = Parameters<typeof executeQueryPlan>[2];

/** No subgraph has this name: it is not a GraphQL name. */
const EVENT = '#event';

/** Runs plans with Apollo's own executor (the exact pin of @apollo/gateway keeps this import valid). */
export function createStockExecutor(supergraph: LoadedSupergraph): PlanExecutor {
  const services: ServiceMap = { [EVENT]: { process: eventOf } };
  for (const name of supergraph.subgraphNames)
    services[name] = {
      process: (options) => fetchFor(name, options),
    };

  return async (run) => {
    const { operation, fragments, plan } = run.planned;
    const result = await executeQueryPlan(
      run.event ? eventPlan(plan) : plan,
      services,
      { request: { variables: run.variables }, context: run, metrics: {} } as unknown as StockContext,
      { schema: supergraph.schema, operation, fragments: Object.fromEntries(fragments) },
      supergraph.supergraphSchema,
      supergraph.apiSchema,
    );
    return withWithheld(withCompletionErrors(result), run);
  };
}

async function fetchFor(name: string, { request, context }: ProcessOptions): Promise<ExecutionResult> {
  const run = context as unknown as PlanRun;
  const query = request.query ?? '';
  const result = await run.fetch({
    subgraph: name,
    query,
    variables: withPublicRepresentations(request.variables ?? {}),
    operationName: request.operationName,
    isMutation: run.planned.operation.operation === 'mutation',
  });
  return withPlaces(result, query);
}

/** Gives errors that speak of the whole request the places they leave empty: Apollo leaves them without one. */
function withPlaces(result: ExecutionResult, query: string): ExecutionResult {
  if (!result.errors?.some(({ path }) => !path)) return result;
  const gaps = gapsOf(parse(query, { noLocation: true }));
  const errors = result.errors.flatMap((error) => {
    if (error.path) return [error];
    return (result.data ? gaps.slice(0, 1) : gaps).map((path) => placed(error, path));
  });
  return { ...result, errors };
}

function gapsOf(document: DocumentNode): AnswerPath[] {
  return rootFields(document).map((field) =>
    field.name.value === '_entities'
      ? ['_entities', 0, entityGap(field)(null) ?? '__typename']
      : [keyOf(field)],
  );
}

function withPublicRepresentations(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { representations } = variables;
  return representations ? { ...variables, representations: withPublicNames(representations) } : variables;
}

function eventOf({ context }: ProcessOptions): ReturnType<GraphQLDataSource['process']> {
  return Promise.resolve((context as unknown as PlanRun).event ?? {});
}

/** A subscription's plan for one event: what the subgraph said, then what the other subgraphs add. */
function eventPlan({ node }: QueryPlan): QueryPlan {
  if (node?.kind !== 'Subscription') throw new TypeError('only a subscription has events');
  const nodes: PlanNode[] = [{ ...node.primary, serviceName: EVENT }];
  if (node.rest) nodes.push(node.rest);
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

function withWithheld(
  result: ExecutionResult<Record<string, unknown>>,
  { planned: { withheld } }: PlanRun,
): ExecutionResult {
  if (withheld.length === 0 || !result.data) return result;
  const { data, errors } = showWithheld(result.data, withheld);
  const all = [...(result.errors ?? []), ...errors];
  return all.length > 0 ? { data, errors: all } : { data };
}

/**
 * Apollo hides values that break the schema in `extensions.valueCompletion`; the GraphQL specification ("Handling
 * Field Errors") wants them in `errors`. A subgraph reports its own, so what is left are entities that are gone.
 */
function withCompletionErrors({
  data,
  errors = [],
  extensions,
}: ExecutionResult): ExecutionResult<Record<string, unknown>> {
  const gaps = (extensions?.['valueCompletion'] ?? []) as GraphQLError[];
  const missing = gaps.map(
    ({ path }) => new GraphQLError('This is gone.', { path, extensions: { code: 'NOT_FOUND' } }),
  );
  const all = [...errors, ...missing];
  return all.length > 0 ? { data: data ?? null, errors: all } : { data: data ?? null };
}
