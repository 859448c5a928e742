import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '@storegraph/testkit';
import { isOutdated } from '../src/users/password-hashing.js';
import { CONFIG, newEmail, PASSWORD, startTown, type Town } from './people.js';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const LOGOUT =
  'mutation ($input: LogoutInput!) { logout(input: $input) { ... on LogoutSuccess { endedSessions } } }';

describe('registering', () => {
  it('opens an account, signs in, and announces the person without their address', async () => {
    const success = await town.register({ firstName: 'Ada', lastName: 'Lovelace' });
    expect(success.user.displayName).toBe('Ada L.');
    expect(await town.viewerOf(success.accessToken)).toMatchObject({
      id: success.user.id,
      role: 'customer',
      scopes: [],
      sellerId: null,
    });
    const { rows } = await town.subgraph.pool.query(
      'SELECT type, data FROM outbox_events WHERE aggregate_id = $1',
      [success.user.id],
    );
    expect(rows).toEqual([
      { type: 'user.registered', data: { userId: success.user.id, displayName: 'Ada L.' } },
    ]);
  });

  it('keeps a password as argon2id only, and a refresh token as its digest only', async () => {
    const { user, refreshToken } = await town.register();
    const { rows } = await town.subgraph.pool.query<{ password_hash: string; tokens: string }>(
      `SELECT password_hash, (SELECT string_agg(t::text, ' ') FROM refresh_tokens t) AS tokens FROM users WHERE id = $1`,
      [user.id],
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(rows[0]?.tokens).not.toContain(refreshToken);
  });

  it('takes one account per address, whatever its case, spaces or compatibility characters', async () => {
    const email = newEmail();
    await town.register({ email });
    for (const same of [email.toUpperCase(), ` ${email} `, email.replace('@', '＠')])
      expect(await town.register({ email: same })).toMatchObject({
        code: 'EMAIL_TAKEN',
        path: ['input', 'email'],
      });
  });

  it('gives an address to one of many who register it at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 8 }, () => town.register({ email })));
    expect(answers.filter((answer) => answer.accessToken)).toHaveLength(1);
    expect(answers.filter((answer) => answer.code === 'EMAIL_TAKEN')).toHaveLength(7);
  });

  it.each([
    ['email', { email: 'nobody' }],
    ['email', { email: 'a b@example.test' }],
    ['email', { email: `${'a'.repeat(300)}@example.test` }],
    ['email', { email: 'nul\0@example.test' }],
    ['password', { password: 'too short' }],
    ['password', { password: 'x'.repeat(257) }],
    ['password', { email: 'ada.lovelace@example.test', password: 'Ada.Lovelace@example.test' }],
    ['firstName', { firstName: 'line\nbreak' }],
    ['lastName', { lastName: 'x'.repeat(256) }],
    ['phone', { phone: 'call me' }],
  ])('names %s when %j breaks a rule', async (field, input) => {
    const answer = await town.register(input);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: ['input', field] });
  });
});

describe('signing in', () => {
  it('finds the account by its address in any case', async () => {
    const { email, viewer } = await town.person();
    const { data } = await town.login({ email: email.toUpperCase() });
    expect(data['login'].user.id).toBe(viewer.id);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await town.person();
    const wrong = await town.login({ email, password: 'not the password' });
    const unknown = await town.login({ email: newEmail(), password: 'not the password' });
    const strange = await town.login({ email: 'nul\0', password: '' });
    expect(wrong.data).toEqual({
      login: {
        __typename: 'AuthFailure',
        code: 'BAD_CREDENTIALS',
        message: 'The e-mail address or the password is wrong.',
        path: ['input'],
        retryAfterSeconds: null,
      },
    });
    expect(unknown.data).toEqual(wrong.data);
    expect(strange.data).toEqual(wrong.data);
  });

  it('takes as long for an unknown address as for a wrong password', async () => {
    const { email } = await town.person();
    const time = async (of: string) => {
      const startedAt = performance.now();
      await town.login({ email: of, password: 'not the password' });
      return performance.now() - startedAt;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      known.push(await time(email));
      unknown.push(await time(newEmail()));
    }
    const fastest = (times: number[]) => Math.min(...times);
    expect(fastest(unknown) / fastest(known)).toBeGreaterThan(0.6);
    expect(fastest(unknown) / fastest(known)).toBeLessThan(1.6);
  });

  it('hashes a password anew that was hashed at a lower cost', async () => {
    const { email, viewer } = await town.person();
    const { hash } = await import('@node-rs/argon2');
    const cheap = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await town.subgraph.pool.query('UPDATE users SET password_hash = $1 WHERE id = $2', [cheap, viewer.id]);
    expect((await town.login({ email })).data['login'].accessToken).toBeTypeOf('string');
    const { rows } = await town.subgraph.pool.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [viewer.id],
    );
    expect(isOutdated(rows[0]?.password_hash ?? '')).toBe(false);
  });

  it('is refused to the suspended, who are told so only with the right password', async () => {
    const { email, viewer, tokens } = await town.person();
    const suspend = `mutation ($input: SuspendUserInput!) { suspendUser(input: $input) {
      ... on SuspendUserSuccess { endedSessions user { status } } } }`;
    const { data } = await town.ask(suspend, { input: { userId: viewer.id } }, admin());
    expect(data['suspendUser']).toEqual({ endedSessions: 1, user: { status: 'SUSPENDED' } });

    expect((await town.login({ email })).data['login'].code).toBe('ACCOUNT_SUSPENDED');
    expect((await town.login({ email, password: 'not the password' })).data['login'].code).toBe(
      'BAD_CREDENTIALS',
    );
    expect((await town.refresh(tokens.refreshToken)).code).toBe('TOKEN_EXPIRED');

    const reinstate = `mutation ($input: ReinstateUserInput!) { reinstateUser(input: $input) {
      ... on ReinstateUserSuccess { user { status } } } }`;
    await town.ask(reinstate, { input: { userId: viewer.id } }, admin());
    expect((await town.login({ email })).data['login'].accessToken).toBeTypeOf('string');
  });
});

describe('too many attempts', () => {
  const device = (address: string) => ({ address, userAgent: 'test' });

  it('lock an account that exists and one that does not, each exactly after the limit', async () => {
    for (const email of [(await town.person()).email, newEmail()]) {
      const guesses = Array.from({ length: CONFIG.login.attemptsPerAccount + 5 }, () =>
        town.login({ email, password: 'not the password' }),
      );
      const codes = (await Promise.all(guesses)).map(({ data }) => data['login'].code);
      expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(
        CONFIG.login.attemptsPerAccount,
      );
      const { data } = await town.login({ email });
      expect(data['login']).toMatchObject({ __typename: 'AuthFailure', code: 'ACCOUNT_LOCKED' });
      expect(data['login'].retryAfterSeconds).toBeGreaterThan(800);
      expect(data['login'].retryAfterSeconds).toBeLessThanOrEqual(CONFIG.login.windowSeconds);
    }
  });

  it('count one by one under aliases', async () => {
    const email = newEmail();
    const aliases = Array.from(
      { length: CONFIG.login.attemptsPerAccount + 3 },
      (_, index) => `a${index}: login(input: $input) { ... on UserError { code } }`,
    );
    const query = `mutation ($input: LoginInput!) { ${aliases.join(' ')} }`;
    const { data } = await town.ask(query, { input: { email, password: 'not the password' } });
    const codes = Object.values(data).map((answer: { code: string }) => answer.code);
    expect(codes.filter((code) => code === 'ACCOUNT_LOCKED')).toHaveLength(3);
  });

  it('are forgotten by a success and after the window', async () => {
    let now = new Date();
    await using village = await startTown({
      config: { login: { windowSeconds: 60, attemptsPerAccount: 2, attemptsPerAddress: 100 } },
      now: () => now,
    });
    const { email } = await village.person();
    const wrong = async () =>
      (await village.login({ email, password: 'not the password' })).data['login'].code;
    const right = async () => (await village.login({ email })).data['login'].code;
    expect([await wrong(), await right(), await wrong(), await right()]).toEqual([
      'BAD_CREDENTIALS',
      undefined,
      'BAD_CREDENTIALS',
      undefined,
    ]);
    expect([await wrong(), await wrong(), await right()]).toEqual([
      'BAD_CREDENTIALS',
      'BAD_CREDENTIALS',
      'ACCOUNT_LOCKED',
    ]);
    now = new Date(now.getTime() + 61_000);
    expect(await right()).toBeUndefined();
  });

  it('from one network address lock it for every account, but not for those who know their password', async () => {
    await using village = await startTown({
      config: { login: { windowSeconds: 900, attemptsPerAccount: 10, attemptsPerAddress: 3 } },
    });
    const { email } = await village.person();
    const from = device('203.0.113.7');
    for (let round = 0; round < 5; round += 1)
      expect((await village.login({ email }, from)).data['login'].code).toBeUndefined();
    for (let round = 0; round < 3; round += 1)
      expect((await village.login({ email: newEmail() }, from)).data['login'].code).toBe('BAD_CREDENTIALS');
    expect((await village.login({ email }, device('::ffff:203.0.113.7'))).data['login'].code).toBe(
      'ACCOUNT_LOCKED',
    );
    expect((await village.login({ email }, device('203.0.113.8'))).data['login'].code).toBeUndefined();
  });
});

describe('a flood of passwords', () => {
  it('is refused beyond the queue, without counting as attempts', async () => {
    await using village = await startTown({ config: { passwords: { atOnce: 1, waiting: 2 } } });
    const { email } = await village.person();
    const answers = await Promise.all(Array.from({ length: 9 }, () => village.login({ email })));
    const refused = answers.filter(({ code }) => code === 'RATE_LIMITED');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.errors?.[0]?.extensions['retryAfterSeconds']).toBe(3);
    const { rows } = await village.subgraph.pool.query<{ attempts: number }>(
      'SELECT attempts FROM login_throttles',
    );
    expect(rows.every(({ attempts }) => attempts === 0)).toBe(true);
  });
});

describe('signing out', () => {
  it('ends the session, and its refresh token with it', async () => {
    const { viewer, tokens } = await town.person();
    const { data } = await town.ask(LOGOUT, { input: {} }, viewer);
    expect(data['logout']).toEqual({ endedSessions: 1 });
    expect((await town.refresh(tokens.refreshToken)).code).toBe('TOKEN_EXPIRED');
  });

  it('leaves the other devices signed in, unless it is everywhere', async () => {
    const { email, viewer } = await town.person();
    const phone = (await town.login({ email })).data['login'];
    const tablet = (await town.login({ email })).data['login'];
    await town.ask(LOGOUT, { input: {} }, viewer);
    const refreshed = await town.refresh(phone.refreshToken);
    const { data } = await town.ask(
      LOGOUT,
      { input: { everywhere: true } },
      await town.viewerOf(refreshed.accessToken),
    );
    expect(data['logout']).toEqual({ endedSessions: 2 });
    expect((await town.refresh(tablet.refreshToken)).code).toBe('TOKEN_EXPIRED');
    expect((await town.refresh(refreshed.refreshToken)).code).toBe('TOKEN_EXPIRED');
  });
});
