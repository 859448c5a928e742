import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A person, as media knows them: somebody with a portrait.' })
export class User {
  @Field(() => ID, { description: 'Identifies the person.' })
  id!: string;
}
