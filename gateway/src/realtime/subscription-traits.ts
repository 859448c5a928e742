import { Kind, type FieldNode } from 'graphql';
import { findProtectedFields } from '../access/protected-fields.js';
import { rootSelections } from '../access/root-selections.js';
import type { ReadyOperation } from '../execution/engine.js';
import type { PreparedOperation } from '../planning/prepare-operation.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';

/** What a subscription's schema says about who may share its events. */
export type SubscriptionTraits = {
  /** Anyone may ask for all of it: no access rule guards the field, or anything selected beneath it. */
  readonly isPublic: boolean;
  /** Every event is news: whoever begins to listen later has missed nothing that was meant for them. */
  readonly isNews: boolean;
};

export type TraitsOf = (ready: ReadyOperation) => SubscriptionTraits;

type Variables = ReadyOperation['coerced'];

/** Domains tag their subscriptions: `@tag(name: "public")`, `@tag(name: "news")`. */
type Tag = 'public' | 'news';

/** The argument that asks for events of the past; with it, a subscription does not begin with news. */
const AFTER = 'afterSequence';

export function createTraitsOf(supergraph: LoadedSupergraph): TraitsOf {
  const tags = readTags(supergraph);
  const publicity = new WeakMap<PreparedOperation, boolean>();

  const isPublic = (prepared: PreparedOperation, field: FieldNode): boolean => {
    const known = publicity.get(prepared);
    if (known !== undefined) return known;
    const found =
      tags.get(field.name.value)?.has('public') === true &&
      findProtectedFields(prepared.document, supergraph).length === 0;
    publicity.set(prepared, found);
    return found;
  };

  return ({ prepared, coerced }) => {
    // Validation leaves a subscription one root field (GraphQL specification, "Single Root Field").
    const [field] = rootSelections({ ...prepared, variables: coerced });
    if (!field) return { isPublic: false, isNews: false };
    const isTagged = tags.get(field.name.value)?.has('news') === true;
    return {
      isPublic: isPublic(prepared, field),
      isNews: isTagged && !asksForThePast(field, coerced),
    };
  };
}

function readTags({ supergraph }: LoadedSupergraph): ReadonlyMap<string, ReadonlySet<Tag>> {
  const fields = supergraph.schema.schemaDefinition.rootType('subscription')?.fields() ?? [];
  return new Map(
    fields.map((field) => [
      field.name,
      new Set(field.appliedDirectivesOf('tag').map((tag) => tag.arguments()['name'] as Tag)),
    ]),
  );
}

function asksForThePast({ arguments: given = [] }: FieldNode, coerced: Variables): boolean {
  const value = given.find(({ name }) => name.value === AFTER)?.value;
  if (value?.kind === Kind.VARIABLE) return (coerced[value.name.value] ?? null) !== null;
  return value !== undefined && value.kind !== Kind.NULL;
}
