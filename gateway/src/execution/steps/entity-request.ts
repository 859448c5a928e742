import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { entityDocument } from './entity-document.js';
import { entityErrors } from './entity-errors.js';
import type { EntityPath } from './entity-path.js';
import { ask, receive, type Part, type Question } from './entity-question.js';
import { variablesOf, variablesText } from './fetch-variables.js';
import type { EntityRecipe } from '../kept-entities.js';
import { askKept, type Reply, type Send } from './kept-questions.js';
import type { RunState, Step } from '../plan-run.js';
import { compileRepresentation } from './representation.js';
import { compileRewrites } from './rewrites.js';
import type { TypeNames } from './type-names.js';

/** A fetch and the path of the entities it completes. */
export type PlacedFetch = { readonly fetch: FetchNode; readonly path: EntityPath };

/** The same, and how the entities are kept. */
type KeptFetch = PlacedFetch & { readonly recipe: EntityRecipe | null };

/** Compiles fetches of entities from one subgraph, which travel as one request. */
export function compileEntityRequest(placed: readonly KeptFetch[], types: TypeNames): Step {
  const { query, parts } = compileParts(placed, types);
  const fetches = placed.map(({ fetch }) => fetch);
  const [first] = fetches;
  const usages = [...new Set(fetches.flatMap(({ variableUsages = [] }) => variableUsages))];
  const isKept = parts.some(({ recipe }) => recipe);
  const isForAll = parts.every(({ recipe }) => recipe?.scope === 'PUBLIC');

  const sendFor =
    (state: RunState): Send =>
    async (questions, fetch) => {
      if (questions.every(({ texts }) => texts.length === 0)) return NOTHING_SAID;
      const variables = variablesOf(usages, state.variables);
      const lists = questions.map(({ part, texts }) => [part.variable, `[${texts.join()}]`] as const);
      const result = await fetch({
        subgraph: first?.serviceName ?? '',
        query,
        operationName: first?.operationName,
        variables: {
          ...variables,
          ...Object.fromEntries(questions.map(({ part, values }) => [part.variable, values])),
        },
        variablesJson: variablesText(variables, lists),
        isMutation: false,
      });
      return replyIn(result, questions);
    };

  return async (state) => {
    const questions = parts.map((part) => ask(part, state));
    if (questions.every(({ texts }) => texts.length === 0)) return;
    state.shares ||= questions.some(({ texts, targets }) => targets.flat().length > texts.length);
    const send = sendFor(state);
    const { entities: reader } = state;
    if (isKept && reader) return askKept(questions, state, { reader, send, isForAll });
    const reply = await send(questions, state.fetch);
    state.errors.push(...entityErrors(reply, questions, state));
    questions.forEach((question, index) => receive(question, reply.entities[index] ?? []));
  };
}

const NOTHING_SAID: Reply = { entities: [], errors: [], isLost: false };

function replyIn({ data, errors = [] }: ExecutionResult, questions: readonly Question[]): Reply {
  const entities = questions.map(({ part }) => {
    const received = data?.[part.key];
    return Array.isArray(received) ? (received as unknown[]) : [];
  });
  return { entities, errors, isLost: !data };
}

function compileParts(
  placed: readonly KeptFetch[],
  types: TypeNames,
): { query: string; parts: readonly Part[] } {
  const byFetch = new Map(placed.map((one) => [one.fetch, one]));
  const { query, parts } = entityDocument(placed.map(({ fetch }) => fetch));
  return {
    query,
    parts: parts.map((part) => {
      const [first] = part.fetches;
      return {
        ...part,
        recipe: (first && byFetch.get(first)?.recipe) ?? null,
        rewrite: compileRewrites(first?.outputRewrites, types),
        members: part.fetches.map((fetch) => ({
          path: byFetch.get(fetch)?.path ?? [],
          represent: compileRepresentation(fetch.requires ?? [], {
            types,
            rewrite: compileRewrites(fetch.inputRewrites, types),
          }),
        })),
      };
    }),
  };
}
