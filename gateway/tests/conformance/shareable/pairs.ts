import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const shareable: Feature = {
  subgraphs,
  pairs: {
    'a field both have, asked of the one already there': {
      query: '{ leftProducts { name } }',
      data: { leftProducts: [{ name: 'Lamp' }, { name: 'Sofa' }] },
      unasked: ['right'],
    },
    'the same from the other side': {
      query: '{ rightProducts { name spot { y } } }',
      data: {
        rightProducts: [
          { name: 'Lamp', spot: { y: 2 } },
          { name: 'Sofa', spot: { y: 4 } },
        ],
      },
      unasked: ['left'],
    },
    'an object of which the other side knows more': {
      query: '{ leftProducts { spot { x y } } }',
      data: { leftProducts: [{ spot: { x: 1, y: 2 } }, { spot: { x: 3, y: 4 } }] },
    },
    'only what the other side knows': {
      query: '{ leftProducts { price { vat } } }',
      data: { leftProducts: [{ price: { vat: 2 } }, { price: null }] },
    },
    'a whole object from where it is whole': {
      query: '{ rightProducts { price { amount currency vat } } }',
      data: { rightProducts: [{ price: { amount: 10, currency: 'EUR', vat: 2 } }, { price: null }] },
      unasked: ['left'],
    },
    'a root field both have': { query: '{ version }', data: { version: '1' } },
  },
};
