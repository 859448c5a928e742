import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { InvalidInput, NotFound } from '../user-errors.type.js';
import type { Role } from './user.js';
import { RoleEnum, UserType } from './user.type.js';

@InputType({ description: 'A role for somebody.' })
export class AssignRoleInput {
  @Field(() => ID, { description: 'The person, not yourself.' })
  userId!: string;

  @Field(() => RoleEnum, { description: 'What they shall be to the shop.' })
  role!: Role;
}

@ObjectType({ description: 'The person has the role.' })
export class AssignRoleSuccess {
  @Field(() => UserType, { description: 'The person as they are now.' })
  user!: UserType;
}

export const AssignRoleResult = resultUnion({
  name: 'AssignRoleResult',
  description: 'What became of a role to assign.',
  types: () => [AssignRoleSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'Somebody to bar from signing in.' })
export class SuspendUserInput {
  @Field(() => ID, { description: 'The person, not yourself.' })
  userId!: string;
}

@ObjectType({ description: 'The person can no longer sign in.' })
export class SuspendUserSuccess {
  @Field(() => UserType, { description: 'The person as they are now.' })
  user!: UserType;

  @Field(() => Int, { description: 'How many of their sessions ended.' })
  endedSessions!: number;
}

export const SuspendUserResult = resultUnion({
  name: 'SuspendUserResult',
  description: 'What became of a suspension.',
  types: () => [SuspendUserSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'Somebody to let sign in again.' })
export class ReinstateUserInput {
  @Field(() => ID, { description: 'The person.' })
  userId!: string;
}

@ObjectType({ description: 'The person can sign in.' })
export class ReinstateUserSuccess {
  @Field(() => UserType, { description: 'The person as they are now.' })
  user!: UserType;
}

export const ReinstateUserResult = resultUnion({
  name: 'ReinstateUserResult',
  description: 'What became of a reinstatement.',
  types: () => [ReinstateUserSuccess, NotFound, InvalidInput] as const,
});
