import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const provides: Feature = {
  subgraphs,
  pairs: {
    'a provided field without asking its owner': {
      query: '{ poster { id name } }',
      data: { poster: { id: 'u2', name: 'Ben' } },
      unasked: ['users'],
    },
    'a provided object': {
      query: '{ post { text writer { name address { city } } } }',
      data: { post: { text: 'Hello', writer: { name: 'Ann', address: { city: 'Oslo' } } } },
      unasked: ['users'],
    },
    'the owner, for what is provided elsewhere only': {
      query: '{ stranger { name } }',
      data: { stranger: { name: 'Ben' } },
    },
    'the owner, for the rest of an object provided in part': {
      query: '{ post { writer { address { city zip } } } }',
      data: { post: { writer: { address: { city: 'Oslo', zip: '0150' } } } },
    },
    'provided and not provided in one operation': {
      query: '{ poster { name } stranger { name } }',
      data: { poster: { name: 'Ben' }, stranger: { name: 'Ben' } },
    },
    'a field provided on an interface': {
      query: '{ top { title } }',
      data: { top: [{ title: 'Alien' }, { title: 'Africa' }] },
      unasked: ['library'],
    },
    'the owner of what an interface does not provide': {
      query: '{ top { title ... on Film { minutes } ... on Song { minutes } } }',
      data: {
        top: [
          { title: 'Alien', minutes: 117 },
          { title: 'Africa', minutes: 5 },
        ],
      },
    },
    'a field provided on one member of a union': {
      query: '{ hits { __typename ... on Film { title } } }',
      data: { hits: [{ __typename: 'Film', title: 'Alien' }, { __typename: 'Song' }] },
      unasked: ['library'],
    },
    'the owner for the other member': {
      query: '{ hits { ... on Film { title } ... on Song { title } } }',
      data: { hits: [{ title: 'Alien' }, { title: 'Africa' }] },
    },
  },
};
