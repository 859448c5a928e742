import {
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { WITHHELD_MESSAGES } from '../../access/withheld-fields.js';
import type { PlannedOperation } from '../../planning/planner.js';
import { createFieldCollector, type FieldCollector, type Selections } from './collect-fields.js';
import { own } from '../steps/entity-path.js';
import type { Introspect } from './introspect.js';
import { isObject } from '../join.js';
import type { Entity } from '../plan-run.js';
import { leafWriter, listWriter } from './write-value.js';
import type { WriteState, WriteValue, Written } from './write-state.js';

/** Writes the client's answer out of what the subgraphs said. */
export type WriteAnswer = (data: Entity, state: WriteState) => Written;

type WriteObject = (object: Entity, state: WriteState) => Written;

/** One `"key":value` of an object. */
type FieldWriter = {
  readonly key: string;
  readonly label: string;
  readonly isNonNull: boolean;
  readonly write: (object: Entity, state: WriteState) => Written;
};

/** What the parts of one writer are compiled with. */
type Compiling = {
  readonly schema: GraphQLSchema;
  readonly collect: FieldCollector;
  readonly introspect: Introspect;
  /** By the response key of the placeholder: which key was withheld, and why. */
  readonly denials: ReadonlyMap<string, { key: string; reason: { code: string; message: string } }>;
};

/**
 * Compiles the selections of an operation, for one outcome of its conditions: for each type of object the fields in the
 * order of the answer (GraphQL specification, CollectFields), for each field how its value is written and what a missing
 * value does (Handling Field Errors). Types compile when the first object of theirs comes.
 */
export function compileWriter(options: {
  planned: PlannedOperation;
  schema: GraphQLSchema;
  conditions: Readonly<Record<string, unknown>>;
  introspect: Introspect;
}): WriteAnswer {
  const { planned, schema, conditions, introspect } = options;
  const { operation, fragments, withheld } = planned;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new TypeError(`the schema has no ${operation.operation}`);
  const compiling: Compiling = {
    schema,
    introspect,
    collect: createFieldCollector({ schema, fragments, conditions }),
    denials: new Map(
      withheld.map(({ placeholder, key, code }) => [
        placeholder,
        { key, reason: { code, message: WITHHELD_MESSAGES[code] } },
      ]),
    ),
  };
  return objectWriter(root, [operation.selectionSet], compiling);
}

function valueWriter(type: GraphQLOutputType, selections: Selections, compiling: Compiling): WriteValue {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item: GraphQLOutputType = nullable.ofType;
    return listWriter(valueWriter(item, selections, compiling), isNonNullType(item));
  }
  if (isLeafType(nullable)) return leafWriter(nullable);
  return compositeWriter(nullable, selections, compiling);
}

function compositeWriter(
  declared: GraphQLCompositeType,
  selections: Selections,
  compiling: Compiling,
): WriteValue {
  const writers = new Map<unknown, WriteObject>();
  const writerFor = (typename: unknown): WriteObject | null => {
    const named = typeof typename === 'string' ? compiling.schema.getType(typename) : declared;
    if (!isCompositeType(named)) return null;
    const writer = objectWriter(isObjectType(declared) ? declared : named, selections, compiling);
    writers.set(typename, writer);
    return writer;
  };
  return (value, state) => {
    if (value === null || value === undefined) return null;
    const typename = isObject(value) ? value['__typename'] : null;
    const writer = isObject(value) ? (writers.get(typename) ?? writerFor(typename)) : null;
    if (writer) return writer(value as Entity, state);
    state.gap();
    return undefined;
  };
}

function objectWriter(type: GraphQLCompositeType, selections: Selections, compiling: Compiling): WriteObject {
  const collected = compiling.collect(type, selections);
  const fields: FieldWriter[] = [];
  for (const [key, nodes] of collected) {
    const denial = compiling.denials.get(key);
    if (!denial) fields.push(fieldWriter(type, [key, nodes], compiling));
    else if (!collected.has(denial.key)) fields.push(withheldWriter(denial.key, denial.reason));
  }
  return (object, state) => writeFields(fields, object, state);
}

function fieldWriter(
  type: GraphQLCompositeType,
  [key, nodes]: readonly [key: string, nodes: readonly FieldNode[]],
  compiling: Compiling,
): FieldWriter {
  const { schema, introspect } = compiling;
  const label = `${JSON.stringify(key)}:`;
  const name = nodes[0]?.name.value ?? '';
  if (name === TypeNameMetaFieldDef.name)
    return { key, label, isNonNull: true, write: typenameWriter(type, key, schema) };
  if (name.startsWith('__'))
    return { key, label, isNonNull: false, write: (_object, state) => introspect(nodes, state.variables) };
  const field = 'getFields' in type ? type.getFields()[name] : undefined;
  if (!field) throw new TypeError(`${type.name} has no field ${name}`);
  const selections = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const write = valueWriter(field.type, selections, compiling);
  const read = key in Object.prototype ? own : (object: Entity) => object[key];
  return {
    key,
    label,
    isNonNull: isNonNullType(field.type),
    write: (object, state) => write(read(object, key), state),
  };
}

function writeFields(fields: readonly FieldWriter[], object: Entity, state: WriteState): Written {
  let text = '';
  for (const { key, label, isNonNull, write } of fields) {
    const before = state.gaps;
    let written = write(object, state);
    if (written === null && isNonNull) {
      state.gap();
      written = undefined;
    }
    if (state.gaps > before) state.within(before, key);
    if (typeof written !== 'string') {
      if (isNonNull) return undefined;
      written = 'null';
    }
    text += text === '' ? label + written : `,${label}${written}`;
  }
  return `{${text}}`;
}

/** Objects tell their type unless their field leaves no choice. An alias may ask for it under another key. */
function typenameWriter(
  type: GraphQLCompositeType,
  key: string,
  schema: GraphQLSchema,
): FieldWriter['write'] {
  const fixed = isAbstractType(type) ? undefined : `"${type.name}"`;
  return (object) => {
    if (fixed) return fixed;
    const told = own(object, key) ?? object['__typename'];
    return typeof told === 'string' && isObjectType(schema.getType(told)) ? `"${told}"` : undefined;
  };
}

function withheldWriter(key: string, reason: { code: string; message: string }): FieldWriter {
  return {
    key,
    label: `${JSON.stringify(key)}:`,
    isNonNull: false,
    write: (_object, state) => {
      state.gapOnce(reason);
      return 'null';
    },
  };
}
