import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guest, service, shopper, staff, admin } from '@storegraph/testkit';
import { newId } from '@storegraph/ids';
import { newEmail, PASSWORD, startTown, type Person, type Town } from './people.js';

let town: Town;
let ada: Person;
beforeAll(async () => {
  town = await startTown();
  ada = await town.person({ firstName: 'Ada', lastName: 'Lovelace', phone: '+44 20 7946 0958' });
});
afterAll(() => town[Symbol.asyncDispose]());

const UPDATE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  ... on UpdateProfileSuccess { user { firstName lastName displayName phone preferences { locale currency newsletter } } }
  ... on UserError { code path } } }`;
const ASSIGN = `mutation ($input: AssignRoleInput!) { assignRole(input: $input) {
  ... on AssignRoleSuccess { user { id role } } ... on UserError { code path } } }`;
const USERS = `query ($first: Int! = 20, $after: String, $search: String, $role: Role, $status: UserStatus) {
  users(first: $first, after: $after, search: $search, role: $role, status: $status) {
    totalCount edges { cursor node { id email } } pageInfo { hasNextPage endCursor } } }`;

describe('what others see of a person', () => {
  const PRIVATE = [
    'email',
    'emailVerified',
    'phone',
    'firstName',
    'lastName',
    'role',
    'status',
    'updatedAt',
    'preferences { locale }',
    'addresses { id }',
    'sessions { id }',
  ];

  it('is their name and since when they are here', async () => {
    const query = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { id displayName createdAt } } }`;
    const { data } = await town.ask(query, { people: [{ __typename: 'User', id: ada.viewer.id }] });
    expect(data['_entities'][0]).toMatchObject({ id: ada.viewer.id, displayName: 'Ada L.' });
  });

  it.each(PRIVATE)('is not their %s', async (field) => {
    expect(await town.codesFor(guest, ada.viewer.id, field)).toEqual(['UNAUTHENTICATED']);
    expect(await town.codesFor(shopper(), ada.viewer.id, field)).toEqual(['FORBIDDEN']);
    expect(await town.codesFor(service('orders'), ada.viewer.id, field)).toEqual(['FORBIDDEN']);
    expect(await town.codesFor(ada.viewer, ada.viewer.id, field)).toEqual([]);
  });

  it.each(PRIVATE.slice(0, 8))('is, for staff, also their %s', async (field) => {
    expect(await town.codesFor(staff(), ada.viewer.id, field)).toEqual([]);
  });

  it('leaves their sessions and preferences to themselves, even before staff', async () => {
    expect(await town.codesFor(staff(), ada.viewer.id, 'sessions { id }')).toEqual(['FORBIDDEN']);
    expect(await town.codesFor(staff(), ada.viewer.id, 'preferences { locale }')).toEqual(['FORBIDDEN']);
  });

  it('is found by id by themselves and by staff only', async () => {
    const query = 'query ($id: ID!) { user(id: $id) { email } }';
    const ask = (viewer: Parameters<Town['ask']>[2]) => town.ask(query, { id: ada.viewer.id }, viewer);
    expect((await ask(ada.viewer)).data['user']).toEqual({ email: ada.email });
    expect((await ask(staff())).data['user']).toEqual({ email: ada.email });
    expect((await ask(shopper())).code).toBe('FORBIDDEN');
    expect((await ask(guest)).code).toBe('UNAUTHENTICATED');
    const strange = await town.ask(query, { id: 'user_\0' }, staff());
    expect(strange.errors).toBeUndefined();
    expect(strange.data['user']).toBeNull();
  });
});

describe('a profile', () => {
  const update = async (person: Person, input: object) =>
    (await town.ask(UPDATE, { input }, person.viewer)).data['updateProfile'];

  it('changes where something is given, and the name others see follows until one is chosen', async () => {
    const bob = await town.person({ firstName: 'Bob', lastName: 'Builder', phone: '0123 4567' });
    expect((await update(bob, { lastName: 'Baker' })).user).toMatchObject({
      firstName: 'Bob',
      lastName: 'Baker',
      displayName: 'Bob B.',
      phone: '0123 4567',
    });
    expect((await update(bob, { displayName: '  The Baker ' })).user.displayName).toBe('The Baker');
    expect((await update(bob, { firstName: 'Robert' })).user.displayName).toBe('The Baker');
    expect((await update(bob, { displayName: null, phone: null })).user).toMatchObject({
      displayName: 'Robert B.',
      phone: null,
    });
  });

  it('keeps preferences that are not mentioned', async () => {
    const bob = await town.person();
    await update(bob, { preferences: { locale: 'en-GB', newsletter: true } });
    const { user } = await update(bob, { preferences: { currency: 'EUR', locale: null } });
    expect(user.preferences).toEqual({ locale: null, currency: 'EUR', newsletter: true });
  });

  it.each([
    ['firstName', { firstName: 'x'.repeat(256) }],
    ['displayName', { displayName: 'x' }],
    ['displayName', { displayName: 'bell\u0007' }],
    ['phone', { phone: '<script>' }],
  ])('names %s when %j breaks a rule', async (field, input) => {
    expect(await update(ada, input)).toEqual({ code: 'INVALID_INPUT', path: ['input', field] });
  });
});

describe('the list of people', () => {
  it('is for those who may read it', async () => {
    expect((await town.ask(USERS)).code).toBe('UNAUTHENTICATED');
    expect((await town.ask(USERS, {}, shopper())).code).toBe('FORBIDDEN');
    expect((await town.ask(USERS, { first: 101 }, staff())).code).toBe('BAD_USER_INPUT');
    expect((await town.ask(USERS, { search: '\0' }, staff())).code).toBe('BAD_USER_INPUT');
    expect((await town.ask(USERS, { after: 'x' }, staff())).code).toBe('BAD_USER_INPUT');
  });

  it('is searched by the beginning of an address or a name, never by a pattern', async () => {
    const found = async (variables: object) =>
      (await town.ask(USERS, { ...variables }, staff())).data['users'].edges.map(
        (edge: { node: { id: string } }) => edge.node.id,
      ) as string[];
    const zoe = await town.person({ firstName: 'Zoë%', lastName: 'Quux' });
    expect(await found({ search: zoe.email.slice(0, 25).toUpperCase() })).toContain(zoe.viewer.id);
    expect(await found({ search: 'zoë' })).toEqual([zoe.viewer.id]);
    expect(await found({ search: 'QUUX' })).toEqual([zoe.viewer.id]);
    expect(await found({ search: '%' })).toEqual([]);
    expect(await found({ search: 'Zoë%' })).toEqual([zoe.viewer.id]);
    expect(await found({ search: 'quux', role: 'ADMIN' })).toEqual([]);
    expect(await found({ search: 'quux', status: 'PENDING', role: 'CUSTOMER' })).toEqual([zoe.viewer.id]);
  });

  it('is walked page by page, everyone once, the newest first', async () => {
    await using village = await startTown();
    const people = [];
    for (let index = 0; index < 7; index += 1) people.unshift((await village.person()).viewer.id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await village.ask(USERS, { first: 3, after }, staff());
      expect(data['users'].totalCount).toBe(7);
      seen.push(...data['users'].edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = data['users'].pageInfo.hasNextPage ? data['users'].pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(people);
  });
});

describe('a role', () => {
  it('is given by administrators only, and never to themselves', async () => {
    const bob = await town.person();
    const input = { userId: bob.viewer.id, role: 'STAFF' };
    expect((await town.ask(ASSIGN, { input })).code).toBe('UNAUTHENTICATED');
    expect((await town.ask(ASSIGN, { input }, bob.viewer)).code).toBe('FORBIDDEN');
    expect((await town.ask(ASSIGN, { input }, staff())).code).toBe('FORBIDDEN');
    const boss = admin({ id: bob.viewer.id });
    expect((await town.ask(ASSIGN, { input }, boss)).data['assignRole']).toEqual({
      code: 'INVALID_INPUT',
      path: ['input', 'userId'],
    });
    expect((await town.ask(ASSIGN, { input }, admin())).data['assignRole'].user.role).toBe('STAFF');
  });

  it('is announced once when it changes', async () => {
    const bob = await town.person();
    const input = { userId: bob.viewer.id, role: 'STAFF' };
    await town.ask(ASSIGN, { input }, admin());
    await town.ask(ASSIGN, { input }, admin());
    const { rows } = await town.subgraph.pool.query(
      `SELECT data FROM outbox_events WHERE type = 'user.role_changed' AND aggregate_id = $1`,
      [bob.viewer.id],
    );
    expect(rows).toEqual([{ data: { userId: bob.viewer.id, role: 'staff' } }]);
  });

  it('goes to nobody who does not exist', async () => {
    const unknown = { userId: newId('user'), role: 'STAFF' };
    expect((await town.ask(ASSIGN, { input: unknown }, admin())).data['assignRole'].code).toBe('NOT_FOUND');
    const strange = { userId: 'everyone', role: 'STAFF' };
    expect((await town.ask(ASSIGN, { input: strange }, admin())).data['assignRole'].code).toBe(
      'INVALID_INPUT',
    );
  });
});

describe('people as entities', () => {
  it('are found in one statement, in order, with holes for those who are not there', async () => {
    const people = [ada, await town.person(), await town.person()].map(({ viewer }) => viewer.id);
    const ids = [people[2], newId('user'), people[0], 'nonsense\0', people[1], people[2]];
    const query = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { id displayName } } }`;
    town.statements.length = 0;
    const { data, errors } = await town.ask(query, { people: ids.map((id) => ({ __typename: 'User', id })) });
    expect(errors).toBeUndefined();
    expect(data['_entities'].map((user: { id: string } | null) => user?.id ?? null)).toEqual([
      people[2],
      null,
      people[0],
      null,
      people[1],
      people[2],
    ]);
    expect(town.statements).toHaveLength(1);
  });
});

describe('me', () => {
  it('is the person signed in, with everything of theirs', async () => {
    const { data } = await town.ask(
      '{ me { id email role status emailVerified seller { id } } }',
      {},
      ada.viewer,
    );
    expect(data['me']).toEqual({
      id: ada.viewer.id,
      email: ada.email,
      role: 'CUSTOMER',
      status: 'PENDING',
      emailVerified: false,
      seller: null,
    });
    expect((await town.ask('{ me { id } }')).code).toBe('UNAUTHENTICATED');
  });
});

describe('people put there in bulk', () => {
  it('can sign in, have addresses and businesses, and are there once however often it is run', async () => {
    const { seedAccounts } = await import('../src/seed.js');
    const people = [
      { key: 'boss', email: newEmail(), password: PASSWORD, firstName: 'Grace', role: 'admin' as const },
      {
        key: 'merchant',
        email: newEmail(),
        password: PASSWORD,
        firstName: 'Mary',
        seller: { businessName: 'Bulk & Söhne', about: 'Much of everything.' },
        addresses: [
          { street: 'Main Street 1', city: 'Springfield', zip: '12345', country: 'US' },
          { street: 'Side Street 2', city: 'Springfield', zip: '12345', country: 'US' },
        ],
      },
      { key: 'buyer', email: newEmail(), password: 'another password', displayName: 'The Buyer' },
    ];
    const first = await seedAccounts(town.deps, people);
    expect(Object.keys(first.userIds)).toEqual(['boss', 'merchant', 'buyer']);
    expect(await seedAccounts(town.deps, people)).toEqual(first);

    const merchant = (await town.login({ email: people[1]?.email })).data['login'];
    const viewer = await town.viewerOf(merchant.accessToken);
    expect(viewer).toMatchObject({ role: 'seller', sellerId: first.sellerIds['merchant'] });
    const query = '{ me { addresses { street fullName defaultShipping } seller { slug status } } }';
    const { data } = await town.ask(query, {}, viewer);
    expect(data['me']).toEqual({
      addresses: [
        { street: 'Main Street 1', fullName: 'Mary', defaultShipping: true },
        { street: 'Side Street 2', fullName: 'Mary', defaultShipping: false },
      ],
      seller: { slug: 'bulk-sohne', status: 'VERIFIED' },
    });
    const { rows } = await town.subgraph.pool.query<{ type: string }>(
      'SELECT type FROM outbox_events WHERE aggregate_id = ANY($1) ORDER BY position',
      [[...Object.values(first.userIds), ...Object.values(first.sellerIds)]],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      ...Array<string>(3).fill('user.registered'),
      'seller.decided',
    ]);
  });
});
