import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const compositeKeys: Feature = {
  subgraphs,
  pairs: {
    'a key of nested objects': {
      query: '{ seats { row price } }',
      data: {
        seats: [
          { row: 'A', price: 12 },
          { row: 'B', price: 8 },
        ],
      },
    },
    'the key nowhere in the answer': {
      query: '{ seats { price } }',
      data: { seats: [{ price: 12 }, { price: 8 }] },
    },
    'a part of the key in the answer': {
      query: '{ seats { hall { city { code } } price } }',
      data: {
        seats: [
          { hall: { city: { code: 'OSL' } }, price: 12 },
          { hall: { city: { code: 'OSL' } }, price: 8 },
        ],
      },
    },
    'the way back by the same key': {
      query: '{ cheapest { price view } }',
      data: { cheapest: { price: 8, view: 'fair' } },
    },
    'a key that holds a list of objects, even an empty one': {
      query: '{ tours { name fare } }',
      data: {
        tours: [
          { name: 'North', fare: 300 },
          { name: 'Nowhere', fare: 0 },
        ],
      },
    },
    'aliases inside an object that is a key': {
      query: '{ seats { hall { code: id } price } }',
      data: {
        seats: [
          { hall: { code: 'h1' }, price: 12 },
          { hall: { code: 'h1' }, price: 8 },
        ],
      },
    },
  },
};
