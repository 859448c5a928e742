import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { admin, guest, service, shopper, staff } from '@storegraph/testkit';
import type { Viewer } from '@storegraph/identity';
import { startTown, type Person, type Town } from './people.js';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const APPLY = `mutation ($input: ApplyAsSellerInput!) { applyAsSeller(input: $input) {
  ... on ApplyAsSellerSuccess { seller { id slug status taxId commissionRate } }
  ... on UserError { __typename code path message } } }`;
const DECIDE = `mutation ($input: DecideSellerInput!) { decideSeller(input: $input) {
  ... on DecideSellerSuccess { seller { id status statusReason verifiedAt commissionRate owner { id role } } }
  ... on UserError { __typename code path message } } }`;
const SELLER = 'query ($id: ID, $slug: String) { seller(id: $id, slug: $slug) { id slug businessName } }';

const apply = async (person: Person, input: object = {}) =>
  (
    await town.ask(
      APPLY,
      { input: { businessName: `Shop ${newId('seller')}`, taxId: 'GB 123 456', ...input } },
      person.viewer,
    )
  ).data['applyAsSeller'];
const decide = async (sellerId: string, status: string, more: object = {}) =>
  (await town.ask(DECIDE, { input: { sellerId, status, ...more } }, admin())).data['decideSeller'];

async function merchant(): Promise<Person & { sellerId: string; slug: string }> {
  const person = await town.person();
  const { seller } = await apply(person);
  return { ...person, sellerId: seller.id, slug: seller.slug };
}

describe('applying to sell', () => {
  it('makes a business that waits, with an address of its own', async () => {
    const person = await town.person();
    const { seller } = await apply(person, { businessName: `Müller & Söhne ${person.viewer.id.slice(-6)}` });
    expect(seller).toMatchObject({
      slug: `muller-sohne-${person.viewer.id.slice(-6)}`,
      status: 'APPLIED',
      taxId: 'GB 123 456',
      commissionRate: '0.1000',
    });
  });

  it('finds another address when the name is taken or cannot be written in one', async () => {
    const businessName = `Same ${newId('seller').slice(-10)}`;
    const first = await apply(await town.person(), { businessName });
    const second = await apply(await town.person(), { businessName });
    expect(second.seller.slug).toMatch(new RegExp(`^${first.seller.slug}-[a-z0-9]{8}$`));
    expect((await apply(await town.person(), { businessName: '株式会社' })).seller.slug).toMatch(
      /^shop-[a-z0-9]{8}$/,
    );
  });

  it('says so when the address asked for is taken, and when one has applied before', async () => {
    const earlier = await merchant();
    expect(await apply(await town.person(), { slug: earlier.slug })).toMatchObject({
      __typename: 'SellerSlugTaken',
      code: 'SLUG_TAKEN',
      path: ['input', 'slug'],
    });
    expect(await apply(earlier)).toMatchObject({ __typename: 'Conflict', code: 'CONFLICT' });
  });

  it('is done by one of many at once', async () => {
    const person = await town.person();
    const answers = await Promise.all(Array.from({ length: 6 }, () => apply(person)));
    expect(answers.filter((answer) => answer.seller)).toHaveLength(1);
  });

  it.each([
    ['businessName', { businessName: 'x' }],
    ['slug', { slug: 'No Spaces' }],
    ['slug', { slug: '-x-' }],
    ['about', { about: 'x'.repeat(2_001) }],
    ['taxId', { taxId: '1' }],
  ])('names %s when %j breaks a rule', async (field, input) => {
    expect(await apply(await town.person(), input)).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', field],
    });
  });
});

describe('deciding about a seller', () => {
  it('makes the owner a seller, whose next token says for whom they act', async () => {
    const { sellerId, tokens, viewer } = await merchant();
    const { seller } = await decide(sellerId, 'VERIFIED', { commissionRate: '0.125' });
    expect(seller).toMatchObject({
      status: 'VERIFIED',
      verifiedAt: expect.any(String),
      commissionRate: '0.1250',
      owner: { id: viewer.id },
    });
    const refreshed = await town.refresh(tokens.refreshToken);
    expect(await town.viewerOf(refreshed.accessToken)).toMatchObject({ role: 'seller', sellerId });
  });

  it('is announced with the change of role, in the order it was decided', async () => {
    const { sellerId, viewer } = await merchant();
    await decide(sellerId, 'UNDER_REVIEW');
    await decide(sellerId, 'VERIFIED');
    await decide(sellerId, 'SUSPENDED', { reason: 'Late deliveries.' });
    const { rows } = await town.subgraph.pool.query<{
      type: string;
      data: { status?: string; role?: string };
    }>(
      `SELECT type, data FROM outbox_events WHERE aggregate_id = ANY($1) AND type <> 'user.registered' ORDER BY position`,
      [[sellerId, viewer.id]],
    );
    expect(rows.map(({ type, data }) => [type, data.status ?? data.role])).toEqual([
      ['seller.decided', 'UNDER_REVIEW'],
      ['user.role_changed', 'seller'],
      ['seller.decided', 'VERIFIED'],
      ['user.role_changed', 'customer'],
      ['seller.decided', 'SUSPENDED'],
    ]);
  });

  it('follows the table of standings', async () => {
    const { sellerId } = await merchant();
    expect(await decide(sellerId, 'SUSPENDED')).toMatchObject({
      code: 'CONFLICT',
      path: ['input', 'status'],
    });
    await decide(sellerId, 'REJECTED');
    expect(await decide(sellerId, 'VERIFIED')).toMatchObject({ code: 'CONFLICT' });
    expect(await decide(newId('seller'), 'VERIFIED')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await decide(sellerId, 'UNDER_REVIEW', { commissionRate: '1.5' })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'commissionRate'],
    });
  });

  it('lets the rejected apply again under the same address', async () => {
    const rejected = await merchant();
    await decide(rejected.sellerId, 'REJECTED', { reason: 'The tax number is wrong.' });
    const { seller } = await apply(rejected, { taxId: 'GB 654 321' });
    expect(seller).toMatchObject({
      id: rejected.sellerId,
      slug: rejected.slug,
      status: 'APPLIED',
      taxId: 'GB 654 321',
    });
  });

  it('leaves staff their role', async () => {
    const { sellerId, viewer } = await merchant();
    const assign = 'mutation ($input: AssignRoleInput!) { assignRole(input: $input) { __typename } }';
    await town.ask(assign, { input: { userId: viewer.id, role: 'STAFF' } }, admin());
    expect((await decide(sellerId, 'VERIFIED')).seller.owner.id).toBe(viewer.id);
    const { data } = await town.ask(
      'query ($id: ID!) { user(id: $id) { role } }',
      { id: viewer.id },
      staff(),
    );
    expect(data['user'].role).toBe('STAFF');
  });

  it('is for administrators, and not about their own business', async () => {
    const { sellerId, viewer } = await merchant();
    const input = { sellerId, status: 'VERIFIED' };
    expect((await town.ask(DECIDE, { input }, viewer)).code).toBe('FORBIDDEN');
    expect((await town.ask(DECIDE, { input }, staff())).code).toBe('FORBIDDEN');
    const boss = admin({ id: viewer.id });
    expect((await town.ask(DECIDE, { input }, boss)).data['decideSeller']).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('a seller', () => {
  const seen = async (variables: object, viewer: Viewer = guest) =>
    (await town.ask(SELLER, { ...variables }, viewer)).data['seller']?.id as string | undefined;

  it('is seen by everyone once verified, before that by its owner and staff', async () => {
    const { sellerId, slug, viewer } = await merchant();
    expect(await seen({ id: sellerId })).toBeUndefined();
    expect(await seen({ slug }, shopper())).toBeUndefined();
    expect(await seen({ slug }, viewer)).toBe(sellerId);
    expect(await seen({ id: sellerId }, staff())).toBe(sellerId);
    await decide(sellerId, 'VERIFIED');
    expect(await seen({ id: sellerId })).toBe(sellerId);
    expect(await seen({ slug })).toBe(sellerId);
  });

  it('is asked for by id or by slug, not by both, none or nonsense', async () => {
    expect((await town.ask(SELLER, {})).code).toBe('BAD_USER_INPUT');
    expect((await town.ask(SELLER, { id: newId('seller'), slug: 'x' })).code).toBe('BAD_USER_INPUT');
    expect(await town.ask(SELLER, { slug: 'nul\0' })).toMatchObject({
      data: { seller: null },
      code: undefined,
    });
  });

  it('keeps its tax number and commission between its owner and the shop', async () => {
    const { sellerId, viewer } = await merchant();
    await decide(sellerId, 'VERIFIED');
    const query = 'query ($id: ID) { seller(id: $id) { taxId commissionRate } }';
    const ask = (who: Viewer) => town.ask(query, { id: sellerId }, who);
    expect((await ask(viewer)).data['seller']).toEqual({ taxId: 'GB 123 456', commissionRate: '0.1000' });
    expect((await ask(staff())).data['seller'].taxId).toBe('GB 123 456');
    expect((await ask(shopper())).data['seller']).toEqual({ taxId: null, commissionRate: null });
    expect((await ask(guest)).code).toBe('UNAUTHENTICATED');
    expect((await ask(service('orders'))).data['seller']).toEqual({ taxId: null, commissionRate: '0.1000' });
  });

  it('is found as an entity by id and by slug, one statement each', async () => {
    const [one, two, three] = [await merchant(), await merchant(), await merchant()];
    const references = [{ id: one.sellerId }, { slug: two.slug }, { id: three.sellerId }, { slug: 'nobody' }];
    const query = `query ($sellers: [_Any!]!) { _entities(representations: $sellers) { ... on Seller { id slug } } }`;
    town.statements.length = 0;
    const { data } = await town.ask(query, {
      sellers: references.map((reference) => ({ __typename: 'Seller', ...reference })),
    });
    expect(data['_entities'].map((seller: { id: string } | null) => seller?.id)).toEqual([
      one.sellerId,
      two.sellerId,
      three.sellerId,
      undefined,
    ]);
    expect(town.statements).toHaveLength(2);
  });

  it('is listed for staff by its standing', async () => {
    const { sellerId } = await merchant();
    const query =
      'query ($status: SellerStatus) { sellers(status: $status, first: 100) { totalCount edges { node { id } } } }';
    const listed = async (status: string) =>
      (await town.ask(query, { status }, staff())).data['sellers'].edges.map(
        (edge: { node: { id: string } }) => edge.node.id,
      );
    expect(await listed('APPLIED')).toContain(sellerId);
    expect(await listed('VERIFIED')).not.toContain(sellerId);
    expect((await town.ask(query, {}, shopper())).code).toBe('FORBIDDEN');
  });
});
