import { tinySubgraph } from '../subgraph.js';

const told = (_: unknown, args: object) => JSON.stringify(args);

export const subgraphs = [
  tinySubgraph(
    'left',
    `type Query { left(filter: Filter, sort: [Sort!] = [{ by: "name" }], page: Int = 1): String item: Item }
     input Filter { name: String size: Int inner: Filter secret: String }
     input Sort { by: String! down: Boolean = false }
     type Item @key(fields: "id") { id: ID! }`,
    { Query: { left: told, item: () => ({ id: 'i1' }) } },
  ),
  tinySubgraph(
    'right',
    `type Query { right(filter: Filter): String }
     input Filter { name: String size: Int inner: Filter hint: String }
     type Item @key(fields: "id") { id: ID! told(filter: Filter, page: Int = 9): String }`,
    { Query: { right: told }, Item: { __resolveReference: (reference: object) => reference, told } },
  ),
];
