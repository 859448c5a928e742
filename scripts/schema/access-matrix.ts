import { isInterfaceType, isObjectType, type GraphQLNamedType } from 'graphql';
import { firstObjection } from '../../gateway/src/access/verdict.js';
import type { AccessRule } from '../../gateway/src/supergraph/access-rules.js';
import { loadSupergraph } from '../../gateway/src/supergraph/load-supergraph.js';
import {
  ANONYMOUS,
  passesAtTheDoor,
  scopesOf,
  type Role,
  type Viewer,
} from '../../packages/identity/src/index.js';

const person = (role: Role, sellerId: string | null = null): Viewer => ({
  kind: 'user',
  id: 'user',
  role,
  scopes: scopesOf(role),
  sessionId: 'session',
  sellerId,
});

const VIEWERS = {
  guest: ANONYMOUS,
  customer: person('customer'),
  seller: person('seller', 'seller'),
  staff: person('staff'),
  admin: person('admin'),
  service: { kind: 'service', name: 'orders' },
} satisfies Record<string, Viewer>;

type Column = keyof typeof VIEWERS;

export const ROLES = Object.keys(VIEWERS) as Column[];

/** One protected field, or type. */
export type Row = {
  /** Its schema coordinate. */
  readonly at: string;
  /** What must hold, all of it. */
  readonly rule: string;
  readonly verdicts: Readonly<Record<Column, 'yes' | 'own' | 'no'>>;
};

/** Policies decided by who asks alone; all others also ask whose the object is. */
const DECIDED_BY_ROLE = new Set(['staff', 'service']);

/** Reads who may see what from a supergraph, by schema coordinates. */
export function accessMatrix(supergraphSdl: string): { rules: Row[]; open: string[] } {
  const { access, schema, supergraphSchema } = loadSupergraph(supergraphSdl);
  const ruled = Object.values(supergraphSchema.getTypeMap()).flatMap((type) => [
    [type.name, access.ofType(type.name)] as const,
    ...fieldsOf(type).map((field) => [`${type.name}.${field}`, access.ofField(type.name, field)] as const),
  ]);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return {
    rules: ruled.flatMap(([at, rule]) => (rule ? [rowOf(at, rule)] : [])).sort(byCoordinate),
    open: roots.flatMap((root) =>
      fieldsOf(root).flatMap((field) =>
        root && !access.ofField(root.name, field) ? [`${root.name}.${field}`] : [],
      ),
    ),
  };
}

function fieldsOf(type: GraphQLNamedType | null | undefined): string[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
}

function rowOf(at: string, rule: AccessRule): Row {
  const verdicts = ROLES.map((role) => [role, verdictOn(rule, VIEWERS[role])] as const);
  return { at, rule: inWords(rule), verdicts: Object.fromEntries(verdicts) as Row['verdicts'] };
}

function verdictOn(rule: AccessRule, viewer: Viewer): 'yes' | 'own' | 'no' {
  if (firstObjection([rule], viewer)) return 'no';
  const { policies } = rule;
  const byRole = policies?.filter((all) => all.every((name) => DECIDED_BY_ROLE.has(name)));
  return !byRole || passesAtTheDoor(viewer, byRole) ? 'yes' : 'own';
}

function inWords({ authenticated, scopes, policies }: AccessRule): string {
  return [
    authenticated && 'signed in',
    scopes && `scope ${alternatives(scopes)}`,
    policies && `policy ${alternatives(policies)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** An outer "or" of inner "and"s. */
function alternatives(rules: readonly (readonly string[])[]): string {
  return rules.map((all) => all.join(' and ')).join(' or ');
}

function byCoordinate({ at: one }: Row, { at: other }: Row): number {
  return one < other ? -1 : 1;
}
