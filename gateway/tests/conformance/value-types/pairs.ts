import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const valueTypes: Feature = {
  subgraphs,
  pairs: {
    'an object the first subgraph knows well enough': {
      query: '{ products { category { id } } }',
      data: { products: [{ category: { id: 'c-p1' } }, { category: { id: 'c-p2' } }] },
      unasked: ['details'],
    },
    'an object reached through its entity': {
      query: '{ products { category { details { products } } } }',
      data: { products: [{ category: { details: { products: 7 } } }, { category: null }] },
    },
    'an entity in that object, and on': {
      query: '{ products { id category { details { top { price grid { id } } } } } }',
      data: {
        products: [
          { id: 'p1', category: { details: { top: { price: 2, grid: null } } } },
          { id: 'p2', category: null },
        ],
      },
    },
    'entities in lists of lists': {
      query: '{ products { grid { id price } } }',
      data: {
        products: [{ grid: [[{ id: 'p2', price: 2 }, null], [], [{ id: 'p1', price: 1 }]] }, { grid: null }],
      },
    },
    'entities below objects below objects': {
      query: '{ home { hero { text product { price } } } }',
      data: { home: { hero: { text: 'New', product: { price: 2 } } } },
    },
  },
};
