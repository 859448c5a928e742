import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const requiresFragments: Feature = {
  subgraphs,
  pairs: {
    'what each type of an interface has to tell': {
      query: '{ orders { receipt } }',
      data: { orders: [{ receipt: '5 by 4242' }, { receipt: '7 by 3 coins' }, { receipt: null }] },
    },
    'what each member of a union has to tell': {
      query: '{ orders { addressee } }',
      data: { orders: [{ addressee: 'Ann' }, { addressee: 'NO 1' }, { addressee: null }] },
    },
    'nothing but the type': {
      query: '{ orders { method } }',
      data: { orders: [{ method: 'Card' }, { method: 'Cash' }, { method: null }] },
    },
    'a part of what is required in the answer': {
      query: '{ orders { payment { ... on Card { number } } receipt } }',
      data: {
        orders: [
          { payment: { number: '4242' }, receipt: '5 by 4242' },
          { payment: {}, receipt: '7 by 3 coins' },
          { payment: null, receipt: null },
        ],
      },
    },
    'other names for what is required in the answer': {
      query: '{ orders { buyer { __typename ... on Firm { name: vat } } addressee } }',
      data: {
        orders: [
          { buyer: { __typename: 'Person' }, addressee: 'Ann' },
          { buyer: { __typename: 'Firm', name: 'NO 1' }, addressee: 'NO 1' },
          { buyer: null, addressee: null },
        ],
      },
    },
    'all of it together': {
      query: '{ orders { addressee payment { amount } method receipt id } }',
      data: {
        orders: [
          { addressee: 'Ann', payment: { amount: 5 }, method: 'Card', receipt: '5 by 4242', id: 'o1' },
          { addressee: 'NO 1', payment: { amount: 7 }, method: 'Cash', receipt: '7 by 3 coins', id: 'o2' },
          { addressee: null, payment: null, method: null, receipt: null, id: 'o3' },
        ],
      },
    },
  },
};
