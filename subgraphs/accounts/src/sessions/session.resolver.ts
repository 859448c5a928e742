import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  AssumedSize,
  Attempt,
  Authenticated,
  checkInput,
  Cost,
  notFound,
  Policy,
  Public,
  requireUser,
} from '@storegraph/subgraph-server';
import { authFailure } from '../auth-failures.js';
import type { Context } from '../context.js';
import { UserType } from '../users/user.type.js';
import { endSessions } from './end-sessions.action.js';
import { login } from './login.action.js';
import { refreshSession } from './refresh-session.action.js';
import { credentials, refresh } from './session-input.js';
import type { Session } from './session.js';
import {
  LoginInput,
  LoginResult,
  LogoutInput,
  LogoutResult,
  RefreshSessionInput,
  RefreshSessionResult,
  RevokeSessionInput,
  RevokeSessionResult,
  SessionType,
} from './session.type.js';

@Resolver(() => SessionType)
export class SessionResolver {
  @FieldResolver(() => Boolean, { description: 'Whether it is the one you are using now.' })
  current(@Root() session: Session, @Ctx() { viewer }: Context) {
    return viewer.kind === 'user' && viewer.sessionId === session.id;
  }

  @Public()
  @Attempt()
  @Cost(50)
  @Mutation(() => LoginResult, { description: 'Signs you in.' })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who you are.' }) input: LoginInput,
    @Ctx() { deps, device }: Context,
  ) {
    const checked = checkInput(credentials, input);
    if (!checked.ok) return checked.problem;
    const outcome = await login(deps, { ...checked.value, device });
    return outcome.kind === 'signed-in'
      ? { __typename: 'LoginSuccess', user: outcome.user, ...outcome.tokens }
      : authFailure(outcome, ['input']);
  }

  @Public()
  @Attempt()
  @Cost(10)
  @Mutation(() => RefreshSessionResult, {
    description: 'Goes on with a session when its access token has expired.',
  })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The session.' }) input: RefreshSessionInput,
    @Ctx() { deps, device }: Context,
  ) {
    const checked = checkInput(refresh, input);
    if (!checked.ok) return checked.problem;
    const outcome = await refreshSession(deps, { ...checked.value, device });
    return outcome.kind === 'refreshed'
      ? { __typename: 'RefreshSessionSuccess', user: outcome.user, ...outcome.tokens }
      : authFailure(outcome, ['input', 'refreshToken']);
  }

  @Authenticated()
  @Mutation(() => LogoutResult, { description: 'Signs you out.' })
  async logout(
    @Arg('input', () => LogoutInput, { description: 'Where.' }) input: LogoutInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const { id: userId, sessionId } = requireUser(viewer);
    const which = input.everywhere ? { userId } : { userId, only: sessionId };
    return { __typename: 'LogoutSuccess', endedSessions: await endSessions(deps.prisma, which, deps.now()) };
  }

  @Authenticated()
  @Mutation(() => RevokeSessionResult, { description: 'Signs you out on another device.' })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which session.' }) { id }: RevokeSessionInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const ended = await endSessions(deps.prisma, { userId: requireUser(viewer).id, only: id }, deps.now());
    return ended > 0
      ? { __typename: 'RevokeSessionSuccess', endedId: id }
      : notFound(['input', 'id'], 'You have no such session.');
  }
}

@Resolver(() => UserType)
export class UserSessionsResolver {
  @Policy([['self']])
  @AssumedSize(5)
  @FieldResolver(() => [SessionType], {
    nullable: true,
    description: 'Where they are signed in, last used first.',
  })
  async sessions(@Root() user: UserType, @Ctx() { loaders }: Context) {
    return loaders.sessionsOfUser.load(user.id);
  }
}
