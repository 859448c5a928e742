import { Kind, print, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../src/supergraph/load-supergraph.js';
import { FEATURES } from './conformance/features.js';
import { composeTiny, serveTiny, type TinySubgraph } from './conformance/subgraph.js';
import { answerEverywhere, type AskSubgraph, type Operation } from './differential/answer-everywhere.js';
import { departs, differs, type Seen } from './differential/compare.js';
import { diceOf } from './differential/dice.js';
import { EXPLAINED, type Explanation } from './differential/explained-differences.js';
import { variablesFor } from './differential/generated-arguments.js';
import { generatedOperations } from './differential/generated-operations.js';
import { keptDocuments, openShopWorld } from './differential/shop-world.js';
import { EXECUTORS } from './executors.js';

/** Another seed asks other questions: `DIFFERENTIAL_SEED=… npx vitest run gateway/tests/differential.test.ts`. */
const USUAL_SEED = 'storegraph';
const SEED = process.env['DIFFERENTIAL_SEED'] ?? USUAL_SEED;
const SHOP_OPERATIONS = 1_200;
const OPERATIONS_PER_FEATURE = 40;
/** The explanations that were needed. */
const met = new Set<Explanation>();
const LONGEST_MILLIS = 300_000; // five minutes, on a machine with much else to do

describe(`operations of the seed "${SEED}"`, () => {
  it(
    'are answered over the shop as one service without federation answers them',
    async () => {
      const world = openShopWorld(SEED);
      const answer = answerEverywhere(world.supergraph, world.ask);
      const differences = createDifferences();
      for (const operation of shopOperations(world.supergraph.schema)) {
        const truth = await world.oracle(operation);
        const answers = await answer(operation);
        for (const [executor, found] of answers)
          if (departs(found, truth)) differences.note(operation, { executor, found, right: truth });
        differences.compare(operation, answers);
      }
      expect(differences.unexplained).toEqual([]);
    },
    LONGEST_MILLIS,
  );

  describe.skipIf(EXECUTORS.length < 2)('are answered alike by all executors over the graph of', () => {
    it.each(Object.entries(FEATURES))('%s', async (name, { subgraphs }) => {
      const supergraph = loadSupergraph(composeTiny(subgraphs));
      const answer = answerEverywhere(supergraph, askOf(subgraphs));
      const differences = createDifferences();
      const generated = generatedOperations(supergraph.schema, {
        seed: `${SEED} ${name}`,
        count: OPERATIONS_PER_FEATURE,
        mutations: false,
      });
      for (const operation of generated) differences.compare(operation, await answer(operation));
      expect(differences.unexplained).toEqual([]);
    });
  });

  it.runIf(SEED === USUAL_SEED)('still differ for every reason on the list of explained differences', () => {
    expect(EXPLAINED.filter((one) => !met.has(one)).map(({ why }) => why)).toEqual([]);
  });
});

function* shopOperations(schema: GraphQLSchema): Generator<Operation> {
  for (const document of keptDocuments())
    for (const definition of document.definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const operationName = definition.name?.value ?? '';
        const variables = variablesFor(definition, schema, diceOf(`${SEED}/${operationName}`));
        yield { document, operationName, variables };
      }
  yield* generatedOperations(schema, { seed: SEED, count: SHOP_OPERATIONS });
}

function askOf(subgraphs: readonly TinySubgraph[]): AskSubgraph {
  const servers = new Map(subgraphs.map((subgraph) => [subgraph.name, serveTiny(subgraph)]));
  return async (subgraph, query, variables) => servers.get(subgraph)?.(query, variables) ?? {};
}

/** Collects differences, but for those of the stock executor that are explained. */
function createDifferences() {
  const unexplained: object[] = [];
  const note = (
    { document, operationName, variables }: Operation,
    { executor, found, right }: { executor: string; found: Seen; right: Seen },
  ) => {
    const explanation = EXPLAINED.find(({ explains }) => executor === 'stock' && explains(found, right));
    if (explanation) met.add(explanation);
    else unexplained.push({ executor, query: print(document), operationName, variables, found, right });
  };
  return {
    unexplained,
    note,
    compare(operation: Operation, answers: ReadonlyMap<string, Seen>): void {
      const stock = answers.get('stock');
      for (const other of answers.values())
        if (stock && differs(stock, other))
          note(operation, { executor: 'stock', found: stock, right: other });
    },
  };
}
