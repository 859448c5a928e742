import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import {
  Attempt,
  Authenticated,
  checkInput,
  Cost,
  notFound,
  Public,
  requireUser,
} from '@storegraph/subgraph-server';
import { authFailure } from '../auth-failures.js';
import type { Context } from '../context.js';
import { changePassword } from './change-password.action.js';
import { register } from './register.action.js';
import { updateProfile } from './update-profile.action.js';
import { passwordChange, profileChange, registration } from './user-input.js';
import {
  ChangePasswordInput,
  ChangePasswordResult,
  RegisterInput,
  RegisterResult,
  UpdateProfileInput,
  UpdateProfileResult,
  UserType,
} from './user.type.js';

/** What people do with their own account. */
@Resolver(() => UserType)
export class UserResolver {
  @Authenticated()
  @Query(() => UserType, { nullable: true, description: 'You.' })
  me(@Ctx() { viewer, loaders }: Context) {
    return loaders.user.load(requireUser(viewer).id);
  }

  @Public()
  @Attempt()
  @Cost(50)
  @Mutation(() => RegisterResult, { description: 'Opens an account and signs you in.' })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The account.' }) input: RegisterInput,
    @Ctx() { deps, device }: Context,
  ) {
    const checked = checkInput(registration, input);
    if (!checked.ok) return checked.problem;
    const outcome = await register(deps, checked.value, device);
    return outcome.kind === 'registered'
      ? { __typename: 'RegisterSuccess', user: outcome.user, ...outcome.tokens }
      : authFailure(outcome, ['input', 'email']);
  }

  @Authenticated()
  @Mutation(() => UpdateProfileResult, { description: 'Changes what you tell about yourself.' })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What changes.' }) input: UpdateProfileInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(profileChange, input);
    if (!checked.ok) return checked.problem;
    const outcome = await updateProfile(deps, requireUser(viewer).id, checked.value);
    return outcome.kind === 'updated'
      ? { __typename: 'UpdateProfileSuccess', user: outcome.user }
      : notFound(['input'], 'Your account is gone.');
  }

  @Authenticated()
  @Attempt()
  @Cost(50)
  @Mutation(() => ChangePasswordResult, {
    description: 'Changes your password and signs you out everywhere else.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The passwords.' }) input: ChangePasswordInput,
    @Ctx() { deps, viewer, device }: Context,
  ) {
    const checked = checkInput(passwordChange, input);
    if (!checked.ok) return checked.problem;
    const outcome = await changePassword(deps, { viewer: requireUser(viewer), device }, checked.value);
    return outcome.kind === 'changed'
      ? { __typename: 'ChangePasswordSuccess', user: outcome.user, endedSessions: outcome.endedSessions }
      : authFailure(outcome, ['input', 'currentPassword']);
  }
}
