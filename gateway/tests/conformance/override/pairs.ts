import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const override: Feature = {
  subgraphs,
  pairs: {
    'the field from where it went': {
      query: '{ items { price } }',
      data: { items: [{ price: 10 }, { price: 20 }] },
    },
    'the rest from where it is': {
      query: '{ items { name price stock } }',
      data: {
        items: [
          { name: 'old name', price: 10, stock: 3 },
          { name: 'old name', price: 20, stock: 4 },
        ],
      },
    },
    'the field without a detour where it is': {
      query: '{ newest { price weight } }',
      data: { newest: { price: 20, weight: 5 } },
      unasked: ['old'],
    },
    'a root field': { query: '{ title }', data: { title: 'new title' }, unasked: ['old'] },
    'a field taken over from a subgraph that is not there': {
      query: '{ items { size } }',
      data: { items: [{ size: 'M' }, { size: 'M' }] },
    },
    'a field that goes to its new subgraph for no operation yet': {
      query: '{ items { colour } newest { colour } }',
      data: { items: [{ colour: 'old red' }, { colour: 'old blue' }], newest: { colour: 'old blue' } },
    },
    'a field that goes there for all of them': {
      query: '{ items { shape } newest { shape } }',
      data: { items: [{ shape: 'new shape' }, { shape: 'new shape' }], newest: { shape: 'new shape' } },
    },
  },
};
