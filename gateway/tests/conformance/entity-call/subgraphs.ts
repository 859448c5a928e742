import { entity, tinySubgraph } from '../subgraph.js';

const BOOKS = [
  { isbn: 'b1', title: 'Emma', authorId: 'a1' },
  { isbn: 'b2', title: 'Persuasion', authorId: 'a1' },
  { isbn: 'b3', title: 'Beowulf', authorId: null },
];
const STARS = [
  { isbn: 'b1', stars: 5 },
  { isbn: 'b3', stars: 3 },
];
const AUTHORS = [{ id: 'a1', name: 'Jane Austen' }];

const authorOf = ({ authorId }: { authorId: string | null }) => authorId && { id: authorId };

export const subgraphs = [
  tinySubgraph(
    'books',
    `type Query { books: [Book!]! book(isbn: ID!): Book }
     type Book @key(fields: "isbn") { isbn: ID! title: String! author: Author }
     type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    {
      Query: {
        books: () => BOOKS,
        book: (_: unknown, { isbn }: { isbn: string }) => BOOKS.find((book) => book.isbn === isbn),
      },
      Book: { ...entity(BOOKS, 'isbn'), author: authorOf },
    },
  ),
  tinySubgraph(
    'ratings',
    `type Query { best: Book }
     type Book @key(fields: "isbn") { isbn: ID! stars: Int voters: [Author!] }
     type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    {
      Query: { best: () => STARS[0] },
      Book: {
        ...entity(STARS, 'isbn'),
        voters: ({ stars }: { stars: number }) => (stars > 4 ? [{ id: 'a1' }] : []),
      },
    },
  ),
  tinySubgraph('people', `type Author @key(fields: "id") { id: ID! name: String! }`, {
    Author: entity(AUTHORS, 'id'),
  }),
];
