import 'reflect-metadata';
import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';

/** A part of a list may be kept as long as the list. */
const KeptWithItsList = () => Directive('@cacheControl(inheritMaxAge: true)');

@KeptWithItsList()
@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Where a page lies in its list.' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether some came before.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The first cursor of the page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last cursor of the page; give it as `after` to go on.',
  })
  endCursor!: string | null;
}

@ArgsType()
export class ConnectionArguments {
  @Field(() => Int, { defaultValue: 20, description: 'How many to answer, at most 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' })
  after?: string | null;
}

/**
 * The edge and connection types of one node type. A list that counts or carries more extends the connection class.
 *
 * @param options.nullableNodes for nodes another subgraph owns: one that is gone leaves a hole, not a blank page
 */
export function connectionType<Node>(
  node: () => ClassType & { prototype: Node },
  options: { name: string; of: string; nullableNodes?: boolean },
) {
  @KeptWithItsList()
  @ObjectType(`${options.name}Edge`, { description: `One place in a list of ${options.of}.` })
  class EdgeType {
    @Field(() => String, { description: 'Marks this place in the list.' })
    cursor!: string;

    @Field(node, { nullable: options.nullableNodes ?? false, description: 'What is in this place.' })
    node!: Node;
  }

  @KeptWithItsList()
  @ObjectType(`${options.name}Connection`, { description: `A page of ${options.of}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The places of this page, in order.' })
    edges!: EdgeType[];

    @Field(() => PageInfoType, { description: 'Where this page lies in the list.' })
    pageInfo!: PageInfoType;
  }

  return { EdgeType, ConnectionType };
}

/** As `connectionType`, for lists that can say how many there are in all; counting costs extra. */
export function countedConnectionType<Node>(
  node: () => ClassType & { prototype: Node },
  options: { name: string; of: string; nullableNodes?: boolean },
) {
  const { EdgeType, ConnectionType: Uncounted } = connectionType(node, { ...options, name: options.name });

  @KeptWithItsList()
  @ObjectType(`${options.name}Connection`, {
    description: `A page of ${options.of}, and how many there are in all.`,
  })
  class ConnectionType extends Uncounted {
    @Directive('@cost(weight: 5)')
    @Field(() => Int, { description: `How many ${options.of} the whole list has.` })
    totalCount!: Promise<number> | number;
  }

  return { EdgeType, ConnectionType };
}
