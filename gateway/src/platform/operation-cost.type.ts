import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('OperationCost', { description: 'What an operation would cost you, in points.' })
export class OperationCost {
  @Field(() => Float, { description: 'What it may cost at most, with these variables.' })
  requested!: number;

  @Field(() => Int, { description: 'What one operation of yours may cost.' })
  budget!: number;

  @Field(() => Boolean, { description: 'Whether it is within the budget.' })
  isAffordable!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'What you have left in the current window. Null where nobody counts.',
  })
  remaining!: number | null;

  @Field(() => Int, { nullable: true, description: 'In how many seconds it is all back.' })
  resetSeconds!: number | null;
}
