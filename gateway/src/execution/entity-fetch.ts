import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { gather, type EntityPath } from './entity-path.js';
import type { Question } from './entity-question.js';
import { entityDocument, type EntityPart } from './entity-document.js';
import { entityErrors } from './entity-errors.js';
import { copyOf, isObject, join } from './join.js';
import { variablesOf, variablesText } from './fetch-variables.js';
import type { Entity, RunState, Step } from './plan-run.js';
import { compileRepresentation, type Represent } from './representation.js';
import { compileRewrites, type Rewrite } from './rewrites.js';
import type { TypeNames } from './type-names.js';

/** A fetch and the path of the entities it completes. */
export type PlacedFetch = { readonly fetch: FetchNode; readonly path: EntityPath };

type Member = { readonly path: EntityPath; readonly represent: Represent };
type Part = EntityPart & { readonly members: readonly Member[]; readonly rewrite: Rewrite | null };

/** Compiles fetches of entities from one subgraph, which travel as one request. */
export function compileEntityFetch(placed: readonly PlacedFetch[], types: TypeNames): Step {
  const paths = new Map(placed.map(({ fetch, path }) => [fetch, path]));
  const fetches = placed.map(({ fetch }) => fetch);
  const { query, parts: described } = entityDocument(fetches);
  const parts: Part[] = described.map((part) => ({
    ...part,
    rewrite: compileRewrites(part.fetches[0]?.outputRewrites, types),
    members: part.fetches.map((fetch) => ({
      path: paths.get(fetch) ?? [],
      represent: compileRepresentation(fetch.requires ?? [], {
        types,
        rewrite: compileRewrites(fetch.inputRewrites, types),
      }),
    })),
  }));
  const [first] = fetches;
  const usages = [...new Set(fetches.flatMap(({ variableUsages = [] }) => variableUsages))];

  return async (state) => {
    const questions = parts.map((part) => ask(part, state));
    if (questions.every(({ texts }) => texts.length === 0)) return;
    const variables = variablesOf(usages, state.variables);
    const lists = questions.map(({ part, texts }) => [part.variable, `[${texts.join()}]`] as const);
    const result = await state.fetch({
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
    if (result.errors) state.errors.push(...entityErrors(result.errors, questions, state));
    if (!result.data) return;
    state.shares ||= questions.some(({ texts, targets }) => targets.flat().length > texts.length);
    for (const [index, part] of parts.entries()) receive(result, part, questions[index]);
  };
}

function ask(part: Part, state: RunState): Question {
  const question: Question = { part, texts: [], values: [], targets: [] };
  const known = new Map<string, number>();
  part.members.forEach(({ path, represent }, member) => {
    for (const object of gather(state.data, path)) {
      const representation = represent(object);
      if (!representation) continue;
      let index = known.get(representation.text);
      if (index === undefined) {
        index = question.texts.length;
        known.set(representation.text, index);
        question.texts.push(representation.text);
        question.values.push(representation.value);
        question.targets.push([]);
      }
      question.targets[index]?.push({ object, path, shares: member === 0 });
    }
  });
  return question;
}

function receive({ data }: ExecutionResult, part: Part, question: Question | undefined): void {
  const received = (data as Entity)[part.key];
  if (!question || !Array.isArray(received)) return;
  question.targets.forEach((targets, index) => {
    const entity: unknown = received[index];
    if (!isObject(entity)) return;
    part.rewrite?.(entity);
    // Objects at one path may share lists and objects below the entity: whatever completes those is the same for all.
    for (const { object, shares } of targets) join(object, shares ? entity : copyOf(entity));
  });
}
