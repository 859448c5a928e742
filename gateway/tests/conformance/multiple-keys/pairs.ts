import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const multipleKeys: Feature = {
  subgraphs,
  pairs: {
    'the key both sides know': {
      query: '{ items { id price } }',
      data: {
        items: [
          { id: 'i1', price: 30 },
          { id: 'i2', price: 20 },
        ],
      },
    },
    'back from a subgraph that knows one key only': {
      query: '{ cheapest { id name } }',
      data: { cheapest: { id: 'i2', name: 'Toaster' } },
    },
    'a subgraph in between that translates keys': {
      query: '{ items { name grams } }',
      data: {
        items: [
          { name: 'Kettle', grams: 900 },
          { name: 'Toaster', grams: 700 },
        ],
      },
    },
    'translation in the other direction': {
      query: '{ heaviest { name price } }',
      data: { heaviest: { name: 'Kettle', price: 30 } },
    },
    'all keys asked for, all the way round': {
      query: '{ heaviest { grams upc sku id } }',
      data: { heaviest: { grams: 900, upc: 'u1', sku: 's1', id: 'i1' } },
    },
    'three ways into one type in one operation': {
      query: '{ items { sku } cheapest { upc } heaviest { id } }',
      data: {
        items: [{ sku: 's1' }, { sku: 's2' }],
        cheapest: { upc: 'u2' },
        heaviest: { id: 'i1' },
      },
    },
  },
};
