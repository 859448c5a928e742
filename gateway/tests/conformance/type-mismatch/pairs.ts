import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const typeMismatch: Feature = {
  subgraphs,
  pairs: {
    'keys of different types in one union': {
      query: '{ accounts { ... on User { u: photo } ... on Admin { a: photo } ... on Bot { b: photo } } }',
      data: { accounts: [{ u: 'u1.jpg' }, { a: 'a1.png' }, { b: ['8.gif'] }] },
    },
    'those keys in the answer, under names of their own': {
      query:
        '{ accounts { ... on User { id u: photo } ... on Admin { aid: id a: photo } ... on Bot { bid: id } } }',
      data: { accounts: [{ id: 'u1', u: 'u1.jpg' }, { aid: 'a1', a: 'a1.png' }, { bid: 7 }] },
    },
    'null, as the laxer subgraph may say': {
      query: '{ lax { name photo } }',
      data: { lax: { name: null, photo: 'u1.jpg' } },
    },
    'a value from the stricter one': {
      query: '{ strict { name id photo } }',
      data: { strict: { name: 'Ann', id: 'u1', photo: 'u1.jpg' } },
    },
  },
};
