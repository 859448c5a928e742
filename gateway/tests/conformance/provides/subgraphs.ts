import { entity, tinySubgraph } from '../subgraph.js';

const USERS = [
  { id: 'u1', name: 'Ann', address: { city: 'Oslo', zip: '0150' } },
  { id: 'u2', name: 'Ben', address: { city: 'Bergen', zip: '5003' } },
];
const CLIPS = [
  { __typename: 'Film', id: 'f1', title: 'Alien', minutes: 117 },
  { __typename: 'Song', id: 's1', title: 'Africa', minutes: 5 },
];
const films = CLIPS.filter(({ __typename }) => __typename === 'Film');
const songs = CLIPS.filter(({ __typename }) => __typename === 'Song');

export const subgraphs = [
  tinySubgraph(
    'users',
    `type Query { users: [User!]! }
     type User @key(fields: "id") { id: ID! name: String @shareable address: Address @shareable }
     type Address { city: String @shareable zip: String }`,
    { Query: { users: () => USERS }, User: entity(USERS, 'id') },
  ),
  tinySubgraph(
    'posts',
    `type Query {
       post: Post
       poster: User @provides(fields: "name")
       stranger: User
     }
     type Post { text: String writer: User @provides(fields: "name address { city }") }
     type User @key(fields: "id") { id: ID! name: String @external address: Address @external }
     type Address { city: String @external }`,
    {
      Query: {
        post: () => ({ text: 'Hello', writer: USERS[0] }),
        poster: () => USERS[1],
        stranger: () => ({ id: 'u2' }),
      },
    },
  ),
  tinySubgraph(
    'library',
    `type Query { clips: [Clip!]! }
     interface Clip { id: ID! title: String minutes: Int }
     type Film implements Clip @key(fields: "id") { id: ID! title: String @shareable minutes: Int }
     type Song implements Clip @key(fields: "id") { id: ID! title: String @shareable minutes: Int }`,
    { Query: { clips: () => CLIPS }, Film: entity(films, 'id'), Song: entity(songs, 'id') },
  ),
  tinySubgraph(
    'charts',
    `type Query { top: [Clip!]! @provides(fields: "... on Film { title } ... on Song { title }") hits: [Hit!]! @provides(fields: "... on Film { title }") }
     interface Clip { id: ID! title: String }
     union Hit = Film | Song
     type Film implements Clip @key(fields: "id") { id: ID! title: String @external }
     type Song implements Clip @key(fields: "id") { id: ID! title: String @external }`,
    {
      Query: {
        top: () => CLIPS,
        hits: () => [films[0], { __typename: 'Song', id: 's1' }],
      },
    },
  ),
];
