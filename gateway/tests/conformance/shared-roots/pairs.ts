import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const sharedRoots: Feature = {
  subgraphs,
  pairs: {
    'one object put together from both': {
      query: '{ product(id: "p") { price name { long } id } }',
      data: { product: { price: 5, name: { long: 'long p' }, id: 'p' } },
    },
    'one subgraph where one is enough': {
      query: '{ product(id: "p") { name { short } } }',
      data: { product: { name: { short: 'p' } } },
      unasked: ['prices'],
    },
    'several of them at once': {
      query:
        'query ($b: ID!) { a: product(id: "a") { price name { short } } b: product(id: $b) { category { id } name { long } } }',
      variables: { b: 'b' },
      data: {
        a: { price: 5, name: { short: 'a' } },
        b: { category: { id: 'c1' }, name: { long: 'long b' } },
      },
    },
    'nothing from both': {
      query: '{ product(id: "gone") { price name { short } } }',
      data: { product: null },
    },
    'root fields of both, in the order of the query': {
      query: '{ prices names }',
      data: { prices: 2, names: 1 },
    },
  },
};
