import { setTimeout as sleep } from 'node:timers/promises';
import {
  getNamedType,
  isCompositeType,
  isLeafType,
  isObjectType,
  type ExecutionResult,
  type GraphQLObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProofSigner, hasScopes, type Viewer } from '../../packages/identity/src/index.js';
import { guest, seller, service, shopper, staff } from '../../packages/testkit/src/viewers.js';
import { modest, operationFor } from './shop/arguments.js';
import { plentiful } from './shop/demo-goods.js';
import { domainSchemas, protectedDomainFields, type DomainField } from './shop/domain-fields.js';
import { openShop, OPENING_MILLIS, type Domain, type Shop } from './shop/open-shop.js';
import type { AccessRule } from './shop/root-fields.js';
import { rowCounts } from './shop/row-counts.js';
import { idOfVictims, victimsOf, type Victims } from './shop/victim.js';
import { guestOf, type Data } from './shop/visitor.js';

const KINDS = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' } as const;
const PATIENCE_MILLIS = 2_000; // two seconds
const OPENED = { value: { data: { opened: true } } };
const WRITE = /^\s*(insert|update|delete)\b/i;

const schemas = domainSchemas();
const fields = protectedDomainFields(schemas);
const isRoot = ({ type }: DomainField) => type in KINDS;

/** None of them exists: what they may not see is everybody else's. */
const VIEWERS: Readonly<Record<string, Viewer>> = {
  'a guest': guest,
  'a service': service('stranger'),
  'a shopper': shopper(),
  'a seller': seller(),
  staff: staff(),
};
/** Domains without jobs that read at their own pace. */
const QUIET: readonly Domain[] = ['accounts', 'catalog', 'reviews'];

let shop: Shop;
let victims: Victims;
let entityIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  shop = await openShop();
  victims = await victimsOf(shop);
  const { data } = await guestOf(shop).ask(
    'query Public($id: ID!) { product(id: $id) { seller { id } media { id } } }',
    { id: victims.productId },
  );
  entityIds = {
    User: String(victims.shopper.id),
    Seller: String(data['product'].seller.id),
    ProductVariant: String(plentiful(shop)[0]),
    Asset: String(data['product'].media[0].id),
  };
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('a domain asked past the gateway, with a proof of somebody who may not', () => {
  test.each(Object.keys(VIEWERS))('refuses %s every root field, and does nothing', async (who) => {
    const refused = fields.filter((field) => isRoot(field) && mayNot(VIEWERS[who], field.rule));
    expect(refused.length).toBeGreaterThan(0);
    const before = await rowCounts(shop);
    shop.forgetStatements();
    const surprises: string[] = [];
    for (const one of refused) {
      const answer = await askRoot(one, VIEWERS[who]);
      if (!isDenied(answer, codeFor(who), one.field.name))
        surprises.push(`${one.domain} ${one.field.name}: ${JSON.stringify(answer)}`);
    }
    expect(surprises).toEqual([]);
    expect([...shop.statements.values()].flat().filter((text) => WRITE.test(text))).toEqual([]);
    expect(await rowCounts(shop)).toEqual(before);
  });

  test('looks nothing up for a guest before it refuses', async () => {
    const quiet = fields.filter((one) => isRoot(one) && !one.rule.policies && QUIET.includes(one.domain));
    expect(quiet.length).toBeGreaterThan(15);
    shop.forgetStatements();
    for (const one of quiet) await askRoot(one, guest);
    expect(QUIET.flatMap((domain) => shop.statements.get(domain))).toEqual([]);
  });

  test.each(Object.keys(VIEWERS))('withholds from %s every protected field of an entity', async (who) => {
    const nested = fields.filter((field) => !isRoot(field));
    expect(nested.length).toBeGreaterThan(15);
    const surprises: string[] = [];
    for (const one of nested) {
      const { data, codes } = await askEntity(one, VIEWERS[who]);
      const told = data?.['_entities']?.[0] as Data | null | undefined;
      const isWithheld = told?.[one.field.name] === null && codes.join() === codeFor(who);
      const isExpected = mayNotSee(VIEWERS[who], one.rule) ? isWithheld : codes.length === 0;
      if (!isExpected)
        surprises.push(`${one.domain} ${one.type}.${one.field.name}: ${JSON.stringify([data, codes])}`);
    }
    expect(surprises).toEqual([]);
  });

  test('tells nobody but staff what is the victims’ own, by its key', async () => {
    const toldBy = new Map<string, string[]>();
    for (const [domain, schema] of schemas)
      for (const [type, id] of Object.entries(privateIds())) {
        const entity = schema.getType(type);
        if (!isObjectType(entity)) continue;
        const operation = {
          query: entityQuery(type, ownFieldsOf(entity)),
          variables: representing(type, id),
        };
        // Services read what is not published yet: they work on it.
        for (const who of ['a guest', 'a shopper', 'a seller', 'staff']) {
          const text = JSON.stringify(await askDomain(domain, operation, VIEWERS[who]));
          if (victims.secrets.some((secret) => text.includes(secret)))
            toldBy.set(who, [...(toldBy.get(who) ?? []), `${domain} ${type}`]);
        }
      }
    expect([...toldBy.keys()]).toEqual(['staff']);
    expect(toldBy.get('staff')).toEqual(
      expect.arrayContaining(['accounts User', 'catalog Product', 'orders Order']),
    );
  });

  test('refuses everyone whose proof is forged, missing or of another key', async () => {
    const forge = createProofSigner({ issuer: 'gateway', key: 'a-key-that-is-not-of-this-platform-at-all' });
    const proof = shop.proofOf(staff());
    const [head, claims] = proof.split('.');
    const forged = String(forge({ viewer: staff(), correlationId: 'x', deadlineAt: Date.now() + 10_000 }));
    for (const domain of schemas.keys())
      for (const wrong of ['', forged, `${head}.${claims}.`, proof.replace(/^[^.]+/, 'e30')]) {
        const { data, errors } = await shop.domains[domain].execute({
          query: '{ __typename }',
          proof: wrong,
        });
        expect([domain, data, errors?.[0]?.extensions['code']]).toEqual([
          domain,
          undefined,
          'UNAUTHENTICATED',
        ]);
      }
  });
});

function codeFor(who: string): string {
  return who === 'a guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

/** Whether a rule shuts a viewer out who owns nothing. A seller passes where only the resolver knows whose it is. */
function mayNot(viewer: Viewer | undefined, rule: AccessRule): boolean {
  return mayNotSee(viewer, rule) && !(isSeller(viewer) && rule.policies?.flat().includes('seller-owner'));
}

function mayNotSee(viewer: Viewer = guest, { authenticated, scopes, policies }: AccessRule): boolean {
  if (viewer.kind === 'anonymous') return true;
  if (viewer.kind === 'service')
    return authenticated || scopes !== null || !policies?.flat().includes('service');
  if (scopes) return !hasScopes(viewer, scopes);
  return policies !== null && !(viewer.role === 'staff' && policies.flat().includes('staff'));
}

function isSeller(viewer: Viewer | undefined): boolean {
  return viewer?.kind === 'user' && viewer.sellerId !== null;
}

type Told = { readonly data: Data | null | undefined; readonly codes: readonly string[] };

function isDenied({ data, codes }: Told, code: string, fieldName: string): boolean {
  return codes.join() === code && (data?.[fieldName] ?? null) === null;
}

function askRoot({ domain, type, field }: DomainField, viewer: Viewer | undefined): Promise<Told> {
  const choices = modest((kind) => idOfVictims(victims, kind));
  return askDomain(domain, operationFor(KINDS[type as keyof typeof KINDS], field, choices), viewer);
}

function askEntity({ domain, type, field }: DomainField, viewer: Viewer | undefined): Promise<Told> {
  const id = entityIds[type];
  if (!id) throw new Error(`${type} of ${domain} is protected, and nobody says how it is reached`);
  const selection = `${field.name} ${isCompositeType(getNamedType(field.type)) ? '{ __typename }' : ''}`;
  return askDomain(
    domain,
    { query: entityQuery(type, selection), variables: representing(type, id) },
    viewer,
  );
}

function entityQuery(type: string, selection: string): string {
  return `query Entity($entities: [_Any!]!) { _entities(representations: $entities) { ... on ${type} { ${selection} } } }`;
}

function representing(type: string, id: string) {
  return { entities: [{ __typename: type, id }] };
}

/** Asks as the gateway does, by plain call. */
async function askDomain(
  domain: Domain,
  operation: { query: string; variables: Record<string, unknown> },
  viewer: Viewer = guest,
): Promise<Told> {
  const request = { ...operation, proof: shop.proofOf(viewer) };
  const isSubscription = operation.query.startsWith('subscription');
  const { data, errors = [] } = isSubscription
    ? await firstOf(await shop.domains[domain].subscribe(request))
    : await shop.domains[domain].execute(request);
  return { data, codes: errors.map(({ extensions }) => String(extensions['code'])) };
}

/** The refusal of a subscription; one that is not refused says nothing until something happens. */
async function firstOf(results: AsyncIterableIterator<ExecutionResult>): Promise<ExecutionResult> {
  const patience = new AbortController();
  const opened = sleep(PATIENCE_MILLIS, OPENED, { signal: patience.signal });
  opened.catch(() => undefined);
  const { value } = (await Promise.race([results.next(), opened])) as { value: ExecutionResult };
  patience.abort();
  void results.return?.();
  return value;
}

/** What is somebody's alone, for each type that has such things. */
function privateIds(): Record<string, string> {
  return {
    User: String(victims.shopper.id),
    Order: String(victims.order['id']),
    Cart: victims.cartId,
    ImportJob: victims.importJobId,
    Review: victims.reviewId,
    Asset: victims.assetId,
    Product: victims.draft.id,
    ProductVariant: victims.draft.variantId,
  };
}

function ownFieldsOf(type: GraphQLObjectType): string {
  const own = Object.values(type.getFields()).filter(
    ({ args, type: of, astNode }) =>
      args.length === 0 &&
      isLeafType(getNamedType(of)) &&
      !astNode?.directives?.some(({ name }) => name.value === 'external'),
  );
  return own.map(({ name }) => name).join(' ');
}
