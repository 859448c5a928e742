import { Arg, ID, Query, Resolver } from 'type-graphql';
import { kindOfId } from '@storegraph/ids';
import { AssumedSize, NodeType, Public, refuse } from '@storegraph/subgraph-server';
import { ENTITY_TYPES } from './node.type.js';

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
  ): NodeType | null {
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
  ): (NodeType | null)[] {
    if (ids.length > NODES_AT_ONCE)
      refuse('BAD_USER_INPUT', `Ask for at most ${NODES_AT_ONCE} nodes at once.`);
    return ids.map(referenceOf);
  }
}

/** A known kind of id is answered without asking whether the thing exists: its owner knows. */
function referenceOf(id: string): NodeType | null {
  const kind = kindOfId(id);
  const Reference = kind && ENTITY_TYPES.get(kind);
  return Reference ? Object.assign(new Reference(), { id }) : null;
}
