import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { connectionFrom, counted, pageOf } from '@storegraph/connection';
import {
  checkInput,
  ConnectionSize,
  invalidInput,
  notFound,
  Policy,
  refuse,
  RequiresScopes,
  requireUser,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { assignRole } from './assign-role.action.js';
import { reinstateUser, suspendUser } from './suspend-user.action.js';
import {
  AssignRoleInput,
  AssignRoleResult,
  ReinstateUserInput,
  ReinstateUserResult,
  SuspendUserInput,
  SuspendUserResult,
} from './user-administration.type.js';
import { namedUser, roleAssignment, userSearch } from './user-input.js';
import { UserConnection, UsersArguments, UserType } from './user.type.js';

const unknownUser = () => notFound(['input', 'userId'], 'There is no such user.');
const notYourself = () => invalidInput(['input', 'userId'], 'You cannot do this to yourself.');

/** What the shop does with people's accounts. */
@Resolver(() => UserType)
export class UserAdministrationResolver {
  @Policy([['self'], ['staff']])
  @Query(() => UserType, { nullable: true, description: 'One person: yourself, or anyone for staff.' })
  user(@Arg('id', () => ID, { description: 'The person.' }) id: string, @Ctx() { loaders }: Context) {
    return loaders.user.load(id);
  }

  @RequiresScopes([['user:read']])
  @ConnectionSize()
  @Query(() => UserConnection, { description: 'Everyone with an account, the newest first.' })
  async users(@Args(() => UsersArguments) args: UsersArguments, @Ctx() { loaders }: Context) {
    const page = pageOf(args, 1);
    const search = userSearch.safeParse(args.search);
    if (!search.success) refuse('BAD_USER_INPUT', '"search" has 1 to 100 characters', { field: 'search' });
    const filter = { search: search.data, role: args.role ?? null, status: args.status ?? null };
    const connection = connectionFrom(await loaders.users(filter, page), page, (user) => [user.id]);
    return counted(connection, () => loaders.userCount(filter));
  }

  @RequiresScopes([['user:write']])
  @Mutation(() => AssignRoleResult, {
    description: 'Makes somebody a customer, a seller, staff or an administrator.',
  })
  async assignRole(
    @Arg('input', () => AssignRoleInput, { description: 'Who, and what.' }) input: AssignRoleInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(roleAssignment, input);
    if (!checked.ok) return checked.problem;
    const outcome = await assignRole(deps, { ...checked.value, by: requireUser(viewer).id });
    switch (outcome.kind) {
      case 'assigned':
        return { __typename: 'AssignRoleSuccess', user: outcome.user };
      case 'not-found':
        return unknownUser();
      case 'own-role':
        return notYourself();
    }
  }

  @RequiresScopes([['user:write']])
  @Mutation(() => SuspendUserResult, {
    description: 'Bars somebody from signing in and ends their sessions.',
  })
  async suspendUser(
    @Arg('input', () => SuspendUserInput, { description: 'Who.' }) input: SuspendUserInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(namedUser, input);
    if (!checked.ok) return checked.problem;
    const outcome = await suspendUser(deps, { ...checked.value, by: requireUser(viewer).id });
    switch (outcome.kind) {
      case 'suspended':
        return { __typename: 'SuspendUserSuccess', user: outcome.user, endedSessions: outcome.endedSessions };
      case 'not-found':
        return unknownUser();
      case 'own-account':
        return notYourself();
    }
  }

  @RequiresScopes([['user:write']])
  @Mutation(() => ReinstateUserResult, { description: 'Lets somebody sign in again.' })
  async reinstateUser(
    @Arg('input', () => ReinstateUserInput, { description: 'Who.' }) input: ReinstateUserInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(namedUser, input);
    if (!checked.ok) return checked.problem;
    const outcome = await reinstateUser(deps, checked.value.userId);
    return outcome.kind === 'reinstated'
      ? { __typename: 'ReinstateUserSuccess', user: outcome.user }
      : unknownUser();
  }
}
