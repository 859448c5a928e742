import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const entityCall: Feature = {
  subgraphs,
  pairs: {
    'a field of another subgraph': {
      query: '{ book(isbn: "b1") { title stars } }',
      data: { book: { title: 'Emma', stars: 5 } },
    },
    'a field of another subgraph alone': {
      query: '{ book(isbn: "b1") { stars } }',
      data: { book: { stars: 5 } },
    },
    'the order of the query, whoever answers first': {
      query: '{ book(isbn: "b1") { stars title isbn } }',
      data: { book: { stars: 5, title: 'Emma', isbn: 'b1' } },
    },
    'lists, and entities the other subgraph has never heard of': {
      query: '{ books { isbn stars } }',
      data: {
        books: [
          { isbn: 'b1', stars: 5 },
          { isbn: 'b2', stars: null },
          { isbn: 'b3', stars: 3 },
        ],
      },
    },
    'nothing where there is no entity': {
      query: '{ book(isbn: "none") { title stars } }',
      data: { book: null },
      unasked: ['ratings'],
    },
    'two hops': {
      query: '{ best { title author { name } } }',
      data: { best: { title: 'Emma', author: { name: 'Jane Austen' } } },
    },
    'two ways to one entity': {
      query: '{ books { author { name } voters { name } } }',
      data: {
        books: [
          { author: { name: 'Jane Austen' }, voters: [{ name: 'Jane Austen' }] },
          { author: { name: 'Jane Austen' }, voters: null },
          { author: null, voters: [] },
        ],
      },
    },
    'one root field twice': {
      query: '{ first: book(isbn: "b1") { stars } third: book(isbn: "b3") { stars author { name } } }',
      data: { first: { stars: 5 }, third: { stars: 3, author: null } },
    },
    'aliases on both sides': {
      query: '{ it: book(isbn: "b1") { called: title stars: title liked: stars } }',
      data: { it: { called: 'Emma', stars: 'Emma', liked: 5 } },
    },
    'no hop for what is already there': {
      query: '{ books { isbn author { id } } }',
      data: {
        books: [
          { isbn: 'b1', author: { id: 'a1' } },
          { isbn: 'b2', author: { id: 'a1' } },
          { isbn: 'b3', author: null },
        ],
      },
      unasked: ['ratings', 'people'],
    },
  },
};
