import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedOperation } from '../planning/select-operation.js';
import type { CacheHints } from './cache-hints.js';
import { askedTypes, type EntitySelection } from './entity-selection.js';

/** One entity that is different from before. */
export type EntityChange = {
  readonly type: string;
  /** `null`: any of the type, nobody knows which. */
  readonly id: string | null;
  /** Whether lists of the type may hold others now, or in another order. */
  readonly movesLists: boolean;
};

/** The tags an answer is kept under, which say what it speaks of. */
export type EntityTags = {
  /** The entities an operation can meet, whatever the answer. */
  readonly types: readonly string[];
  tagsOf(data: unknown): string[];
};

// One entity; an entity without its id; any entity of the type; a list of the type.
const one = (type: string, id: string) => `${type}:${id}`;
const nameless = (type: string) => `${type}?`;
const any = (type: string) => `${type}~`;
const listed = (type: string) => `${type}*`;

/** The tags of everything that a change makes stale. */
export function tagsOfChange({ type, id, movesLists }: EntityChange): string[] {
  const lists = movesLists ? [listed(type)] : [];
  return id === null ? [any(type), ...lists] : [one(type, id), nameless(type), ...lists];
}

/** One selection of an answer that leads to entities. */
type Shape = {
  /** The key its id is answered under, for an entity that was asked for it. */
  idKey: string | null;
  readonly type: string;
  readonly isEntity: boolean;
  readonly fields: Map<string, Shape>;
};

/** The tags of single entities. */
export type RepresentationTags = {
  /** The entities that can be met, whatever the subgraph says. */
  readonly types: readonly string[];
  tagsOf(representation: Readonly<Record<string, unknown>>, entity: unknown): string[];
};

type Rules = { readonly schema: GraphQLSchema; readonly hints: CacheHints };

/**
 * Works out, once, how the answers of an operation are tagged: by the id of each entity where the client selected it, by
 * type where it did not, and by list where entities may come and go.
 */
export function entityTagsOf({ operation, fragments }: SelectedOperation, rules: Rules): EntityTags {
  const { shape, types, constant } = readShape({ selectionSet: operation.selectionSet, fragments }, rules);
  return {
    types: [...types],
    tagsOf(data) {
      const tags = new Set(constant);
      addTags(data, shape, tags);
      return [...tags];
    },
  };
}

/** The same for entities a subgraph was asked about: by the id they were asked for, and by what is below them. */
export function representationTagsOf(selection: EntitySelection, rules: Rules): RepresentationTags {
  const { shape, types, constant } = readShape(selection, rules);
  for (const type of askedTypes(selection, rules.schema)) {
    if (!isObjectType(type)) continue;
    types.add(type.name);
    constant.add(any(type.name));
  }
  return {
    types: [...types],
    tagsOf({ __typename, id }, entity) {
      const type = String(__typename);
      const tags = new Set(constant);
      tags.add(typeof id === 'string' ? one(type, id) : nameless(type));
      addTags(entity, shape, tags);
      return [...tags];
    },
  };
}

/** What leads to entities in a selection, and the tags its answers have whatever they are. */
function readShape({ selectionSet, fragments }: EntitySelection, { schema, hints }: Rules) {
  const constant = new Set<string>();
  const types = new Set<string>();

  const shapeOf = (type: GraphQLCompositeType): Shape => {
    const isEntity = isObjectType(type) && hints.isEntity(type.name);
    if (isEntity) {
      types.add(type.name);
      constant.add(any(type.name));
    }
    return { idKey: null, type: type.name, isEntity, fields: new Map() };
  };
  const collect = (selectionSet: SelectionSetNode, type: GraphQLCompositeType, shape: Shape): void => {
    if (isAbstractType(type)) addPossibleTypes(type);
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) addField(selection, type, shape);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        collect(selection.selectionSet, named(selection.typeCondition?.name.value, type), shape);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet, named(fragment.typeCondition.name.value, type), shape);
      }
    }
  };
  const named = (name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType => {
    const type = name === undefined ? otherwise : schema.getType(name);
    return isCompositeType(type) ? type : otherwise;
  };
  const addPossibleTypes = (type: Parameters<GraphQLSchema['getPossibleTypes']>[0]): void => {
    for (const { name } of schema.getPossibleTypes(type)) {
      if (!hints.isEntity(name)) continue;
      types.add(name);
      for (const tag of [any(name), nameless(name), listed(name)]) constant.add(tag);
    }
  };
  const addField = (
    field: Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>,
    parent: GraphQLCompositeType,
    shape: Shape,
  ): void => {
    const key = field.alias?.value ?? field.name.value;
    if (field.name.value === 'id' && shape.isEntity) shape.idKey = key;
    const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined;
    if (!definition || !field.selectionSet) return;
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return;
    const inner = shape.fields.get(key) ?? shapeOf(type);
    shape.fields.set(key, inner);
    const member = isListType(getNullableType(definition.type)) ? type : memberOf(type);
    if (member && hints.isEntity(member.name)) {
      types.add(member.name);
      constant.add(listed(member.name));
    }
    collect(field.selectionSet, type, inner);
  };

  const root = schema.getQueryType();
  const shape: Shape = { idKey: null, type: 'Query', isEntity: false, fields: new Map() };
  if (root) collect(selectionSet, root, shape);
  return { shape, types, constant };
}

/** The node type of a Relay connection, which stands for a list even where no node was asked for. */
function memberOf(type: GraphQLNamedType): GraphQLNamedType | null {
  const edges = 'getFields' in type ? type.getFields()['edges'] : undefined;
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
  return node ? getNamedType(node.type) : null;
}

function addTags(value: unknown, shape: Shape, tags: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) addTags(item, shape, tags);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    // What is not there may come to be, and is told of as news for lists.
    if (shape.isEntity) tags.add(listed(shape.type));
    return;
  }
  if (shape.isEntity) {
    const id = shape.idKey === null ? undefined : (value as Record<string, unknown>)[shape.idKey];
    tags.add(typeof id === 'string' ? one(shape.type, id) : nameless(shape.type));
  }
  for (const [key, inner] of shape.fields) addTags((value as Record<string, unknown>)[key], inner, tags);
}
