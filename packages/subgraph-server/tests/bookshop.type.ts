import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Authenticated, defineUserErrors, Key, Policy, resultUnion } from '../src/index.js';

enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
}

const { InvalidInput, NotFound } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'There is none.',
  CONFLICT: 'It has changed.',
});

@Key('id')
@ObjectType('Book', { description: 'Something to read.' })
export class Book {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'What is on the cover.' })
  title!: string;

  @Policy([['owner']])
  @Field(() => String, { nullable: true, description: 'Written in the margin.' })
  note?: string | null;
}

@Authenticated()
@ObjectType('Vault', { description: 'Only for people who signed in.' })
export class Vault {
  @Field(() => String, { description: 'What it holds.' })
  gold!: string;
}

@Key('id')
@ObjectType('Reader', { description: 'A person, as another subgraph knows them.' })
export class Reader {
  @Field(() => ID, { description: 'Their id.' })
  id!: string;
}

@InputType('RenameBookInput', { description: 'Which book, and how it is called.' })
export class RenameBookInput {
  @Field(() => ID, { description: 'The book.' })
  id!: string;

  @Field(() => String, { description: 'The new title.' })
  title!: string;
}

@ObjectType('RenameBookSuccess', { description: 'It has its new title.' })
class RenameBookSuccess {
  @Field(() => Book, { description: 'The book.' })
  book!: Book;
}

export const RenameBookResult = resultUnion({
  name: 'RenameBookResult',
  description: 'What became of it.',
  types: () => [RenameBookSuccess, InvalidInput, NotFound] as const,
});
