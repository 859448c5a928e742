import { Arg, ID, Query, Resolver } from 'type-graphql';
import { kindOfId } from '@storegraph/ids';
import { AssumedSize, NodeType, Public, refuse } from '@storegraph/subgraph-server';
import { ENTITIES } from './node.type.js';

type NodeReference = { __typename: string; id: string };

const NODES_AT_ONCE = 100;

@Resolver()
export class NodeResolver {
  @Public()
  @Query(() => NodeType, {
    nullable: true,
    description: 'Anything with an id of its own. Null when the id is not one of this shop.',
  })
  node(
    @Arg('id', () => ID, { description: 'The id, as any other field gave it.' }) id: string,
  ): NodeReference | null {
    return referenceOf(id);
  }

  @Public()
  @AssumedSize(NODES_AT_ONCE)
  @Query(() => [NodeType], {
    nullable: 'items',
    description:
      'Several things by their ids, in the same order; null for an id that is not one of this shop.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most a hundred ids.' }) ids: string[],
  ): (NodeReference | null)[] {
    if (ids.length > NODES_AT_ONCE)
      refuse('BAD_USER_INPUT', `Ask for at most ${NODES_AT_ONCE} nodes at once.`);
    return ids.map(referenceOf);
  }
}

function referenceOf(id: string): NodeReference | null {
  const kind = kindOfId(id);
  return kind && kind in ENTITIES ? { __typename: ENTITIES[kind as keyof typeof ENTITIES], id } : null;
}
