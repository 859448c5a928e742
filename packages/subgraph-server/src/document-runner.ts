import {
  execute,
  getNamedType,
  GraphQLError,
  isAbstractType,
  isInputObjectType,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';

export type DocumentRun = {
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: unknown;
};

export type RunDocument = (
  document: DocumentNode,
  run: DocumentRun,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiling takes the time of some executions: it is for documents that keep coming. */
const COMPILED_AFTER_RUNS = 5;
/** So that compiled documents stay within some 20 MB. */
const COMPILED_DOCUMENTS = 250;

type Known = { runs: number; compiled: CompiledQuery | null };

/**
 * Executes validated queries and mutations. The gateway's plans repeat a few documents, so those are compiled to
 * functions, which run in a fraction of the interpreter's time; what the compiler does not take stays interpreted.
 */
export function createDocumentRunner(schema: GraphQLSchema): RunDocument {
  const known = new WeakMap<DocumentNode, Known>();
  let places = COMPILED_DOCUMENTS;

  const compile = (document: DocumentNode): CompiledQuery | null => {
    if (places === 0 || !isCompilable(document, schema)) return null;
    const compiled = compileQuery(schema, document);
    if (!isCompiledQuery(compiled)) return null;
    places -= 1;
    return compiled;
  };

  return async (document, { operationName, variables, context }) => {
    const operation = known.get(document) ?? { runs: 0, compiled: null };
    known.set(document, operation);
    operation.runs += 1;
    if (operation.runs === COMPILED_AFTER_RUNS) operation.compiled = compile(document);
    const result = await operation.compiled?.query(undefined, context, { ...variables });
    // Variables of the wrong type ran nothing: the interpreter's words for them are the ones we know.
    if (result && 'data' in result) return withWholeErrors(result);
    return execute({ schema, document, operationName, variableValues: variables, contextValue: context });
  };
}

/** The compiler's own error class leaves out what is empty, `extensions` for one. */
function withWholeErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(
    ({ message, path, originalError }) => new GraphQLError(message, { path, originalError }),
  );
  return { ...result, errors };
}

const ENTITIES = '_entities';

/**
 * Whether the compiler does the same as the interpreter: it knows neither types that take a promise to be told apart nor
 * defaults within input objects nor null in a variable that must have a value here, and it is for documents of one query.
 */
function isCompilable(document: DocumentNode, schema: GraphQLSchema): boolean {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const types = new TypeInfo(schema);
  const nullable = new Set<string>();
  let isKnown = operations.length === 1;
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition({ operation }) {
        if (operation !== 'query') isKnown = false;
      },
      Field({ name }) {
        if (name.value !== ENTITIES && isAbstractType(getNamedType(types.getType()))) isKnown = false;
        return isKnown ? undefined : BREAK;
      },
      VariableDefinition({ variable, type }) {
        if (type.kind !== Kind.NON_NULL_TYPE) nullable.add(variable.name.value);
      },
      Variable({ name }) {
        const type = types.getInputType();
        if (isInputObjectType(getNamedType(type))) isKnown = false;
        if (isNonNullType(type) && nullable.has(name.value)) isKnown = false;
        return isKnown ? undefined : BREAK;
      },
    }),
  );
  return isKnown;
}
