import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '@storegraph/testkit';
import { CONFIG, newEmail, PASSWORD, startTown, type Town } from './people.js';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const SESSIONS = '{ me { sessions { id current userAgent ip createdAt expiresAt } } }';
const REVOKE = `mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) {
  ... on RevokeSessionSuccess { endedId } ... on UserError { code path } } }`;
const CHANGE_PASSWORD = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
  ... on ChangePasswordSuccess { endedSessions user { id } } ... on UserError { code path } } }`;

describe('a refresh token', () => {
  it('works once, for the same session, and with what the person may do by then', async () => {
    const { viewer, tokens } = await town.person();
    const assign = 'mutation ($input: AssignRoleInput!) { assignRole(input: $input) { __typename } }';
    await town.ask(assign, { input: { userId: viewer.id, role: 'STAFF' } }, admin());
    const refreshed = await town.refresh(tokens.refreshToken);
    expect(refreshed.refreshToken).not.toBe(tokens.refreshToken);
    expect(await town.viewerOf(refreshed.accessToken)).toMatchObject({
      id: viewer.id,
      sessionId: viewer.sessionId,
      role: 'staff',
      scopes: expect.arrayContaining(['user:read']),
    });
  });

  it('that was used before ends the whole session', async () => {
    const { tokens } = await town.person();
    const { refreshToken: next } = await town.refresh(tokens.refreshToken);
    const reuse = await town.refresh(tokens.refreshToken);
    expect(reuse).toMatchObject({ __typename: 'AuthFailure', code: 'TOKEN_EXPIRED' });
    expect((await town.refresh(next)).code).toBe('TOKEN_EXPIRED');
  });

  it('used by twenty at once leaves at most one chain alive', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { viewer, tokens } = await town.person();
      const answers = await Promise.all(Array.from({ length: 20 }, () => town.refresh(tokens.refreshToken)));
      expect(answers.filter((answer) => answer.accessToken).length).toBeLessThanOrEqual(1);
      const { rows } = await town.subgraph.pool.query<{ live: number }>(
        `SELECT count(*)::int AS live FROM refresh_tokens JOIN sessions ON sessions.id = session_id
         WHERE user_id = $1 AND used_at IS NULL AND revoked_at IS NULL`,
        [viewer.id],
      );
      expect(rows[0]?.live).toBeLessThanOrEqual(1);
    }
  });

  it('does not exist when it was made up, is too long or empty', async () => {
    expect((await town.refresh('made up')).code).toBe('TOKEN_EXPIRED');
    expect((await town.refresh('')).code).toBe('TOKEN_EXPIRED');
    expect((await town.refresh('x'.repeat(257))).code).toBe('INVALID_INPUT');
  });
});

describe('a session', () => {
  it('ends when nobody refreshes it, and at its longest however often it is refreshed', async () => {
    let now = new Date();
    const inDays = (days: number) => (now = new Date(now.getTime() + days * 86_400_000));
    await using village = await startTown({
      config: { sessions: { idleSeconds: 10 * 86_400, longestSeconds: 25 * 86_400, staffSeconds: 86_400 } },
      now: () => now,
    });
    const idle = await village.person();
    const busy = await village.person();
    inDays(9);
    let { refreshToken } = await village.refresh(busy.tokens.refreshToken);
    inDays(9);
    expect((await village.refresh(idle.tokens.refreshToken)).code).toBe('TOKEN_EXPIRED');
    ({ refreshToken } = await village.refresh(refreshToken));
    inDays(8);
    expect((await village.refresh(refreshToken)).code).toBe('TOKEN_EXPIRED');
  });

  it('of staff ends after a day', async () => {
    let now = new Date();
    await using village = await startTown({ now: () => now });
    const { viewer, email } = await village.person();
    const assign = 'mutation ($input: AssignRoleInput!) { assignRole(input: $input) { __typename } }';
    await village.ask(assign, { input: { userId: viewer.id, role: 'STAFF' } }, admin());
    const { refreshToken } = (await village.login({ email })).data['login'];
    now = new Date(now.getTime() + (CONFIG.sessions.staffSeconds - 60) * 1_000);
    const refreshed = await village.refresh(refreshToken);
    expect(refreshed.accessToken).toBeTypeOf('string');
    now = new Date(now.getTime() + 120_000);
    expect((await village.refresh(refreshed.refreshToken)).code).toBe('TOKEN_EXPIRED');
  });

  it('shows its owner the device it is on, and which one is in use', async () => {
    const { email, viewer } = await town.person();
    const device = { address: '198.51.100.4', userAgent: `Browser\n${'x'.repeat(500)}` };
    const phone = (await town.login({ email }, device)).data['login'];
    const { data } = await town.ask(SESSIONS, {}, await town.viewerOf(phone.accessToken));
    const [current, other] = data['me'].sessions;
    expect(current).toMatchObject({ current: true, ip: '198.51.100.4' });
    expect(current.userAgent).toMatch(/^Browser x{292}$/);
    expect(other).toMatchObject({ id: viewer.sessionId, current: false, ip: null });
  });

  it('can be ended by its owner from another device, and by nobody else', async () => {
    const ada = await town.person();
    const eve = await town.person();
    const stolen = await town.ask(REVOKE, { input: { id: ada.viewer.sessionId } }, eve.viewer);
    expect(stolen.data['revokeSession']).toEqual({ code: 'NOT_FOUND', path: ['input', 'id'] });
    expect((await town.ask(REVOKE, { input: { id: '\0' } }, ada.viewer)).data['revokeSession'].code).toBe(
      'NOT_FOUND',
    );

    const phone = (await town.login({ email: ada.email })).data['login'];
    const { data } = await town.ask(
      REVOKE,
      { input: { id: ada.viewer.sessionId } },
      await town.viewerOf(phone.accessToken),
    );
    expect(data['revokeSession']).toEqual({ endedId: ada.viewer.sessionId });
    expect((await town.refresh(ada.tokens.refreshToken)).code).toBe('TOKEN_EXPIRED');
    expect((await town.refresh(phone.refreshToken)).accessToken).toBeTypeOf('string');
  });
});

describe('changing the password', () => {
  it('ends the other sessions, keeps this one, and makes the new password the only one', async () => {
    const { email, viewer, tokens } = await town.person();
    const phone = (await town.login({ email })).data['login'];
    const newPassword = 'a wholly different one';
    const { data } = await town.ask(
      CHANGE_PASSWORD,
      { input: { currentPassword: PASSWORD, newPassword } },
      viewer,
    );
    expect(data['changePassword']).toEqual({ endedSessions: 1, user: { id: viewer.id } });
    expect((await town.refresh(phone.refreshToken)).code).toBe('TOKEN_EXPIRED');
    expect((await town.refresh(tokens.refreshToken)).accessToken).toBeTypeOf('string');
    expect((await town.login({ email })).data['login'].code).toBe('BAD_CREDENTIALS');
    expect((await town.login({ email, password: newPassword })).data['login'].accessToken).toBeTypeOf(
      'string',
    );
  });

  it('leaves no session behind that was opened with the old one meanwhile', async () => {
    const { email, viewer } = await town.person();
    const input = { currentPassword: PASSWORD, newPassword: 'a wholly different one' };
    const [, ...logins] = await Promise.all([
      town.ask(CHANGE_PASSWORD, { input }, viewer),
      ...Array.from({ length: 6 }, () => town.login({ email })),
    ]);
    for (const { data } of logins)
      if (data['login'].refreshToken)
        expect((await town.refresh(data['login'].refreshToken)).code).toBe('TOKEN_EXPIRED');
  });

  it('needs the current one, and guessing it locks the account like guessing at the door', async () => {
    const { email, viewer } = await town.person();
    const guess = () =>
      town.ask(
        CHANGE_PASSWORD,
        { input: { currentPassword: 'not the password', newPassword: 'a wholly different one' } },
        viewer,
      );
    for (let round = 0; round < CONFIG.login.attemptsPerAccount; round += 1)
      expect((await guess()).data['changePassword']).toEqual({
        code: 'BAD_CREDENTIALS',
        path: ['input', 'currentPassword'],
      });
    expect((await guess()).data['changePassword'].code).toBe('ACCOUNT_LOCKED');
    expect((await town.login({ email })).data['login'].code).toBe('ACCOUNT_LOCKED');
  });

  it('holds the new one to the rules', async () => {
    const { viewer } = await town.person();
    const input = { currentPassword: PASSWORD, newPassword: 'short' };
    const { data } = await town.ask(CHANGE_PASSWORD, { input }, viewer);
    expect(data['changePassword']).toEqual({ code: 'INVALID_INPUT', path: ['input', 'newPassword'] });
  });
});

describe('housekeeping', () => {
  it('forgets sessions a week after they were over, and attempts after their window', async () => {
    let now = new Date();
    await using village = await startTown({ now: () => now });
    const { viewer } = await village.person();
    await village.ask('mutation { logout(input: {}) { __typename } }', {}, viewer);
    await village.login({ email: newEmail(), password: 'not the password' });
    const left = async () =>
      (
        await village.subgraph.pool.query<{ sessions: number; attempts: number }>(
          'SELECT (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM login_throttles) AS attempts',
        )
      ).rows[0];
    const { pruneSessions } = await import('../src/sessions/prune-sessions.action.js');
    await pruneSessions(village.deps);
    expect(await left()).toEqual({ sessions: 1, attempts: 1 });
    now = new Date(now.getTime() + 8 * 86_400_000);
    await pruneSessions(village.deps);
    expect(await left()).toEqual({ sessions: 0, attempts: 0 });
  });
});
