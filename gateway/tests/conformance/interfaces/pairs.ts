import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const interfaces: Feature = {
  subgraphs,
  pairs: {
    'fields of the interface where it is': {
      query: '{ media { title } }',
      data: { media: [{ title: 'Emma' }, { title: 'Alien' }] },
      unasked: ['critics'],
    },
    'fields of the interface that the other subgraph knows': {
      query: '{ media { title score } }',
      data: {
        media: [
          { title: 'Emma', score: 9 },
          { title: 'Alien', score: 8 },
        ],
      },
    },
    'fields of types that the other subgraph knows': {
      query: '{ media { ... on Book { pages blurb } ... on Film { stars minutes } } }',
      data: {
        media: [
          { pages: 474, blurb: 'Witty' },
          { stars: ['Weaver'], minutes: 117 },
        ],
      },
    },
    'the type without asking for it to be fetched again': {
      query: '{ media { __typename id } }',
      data: {
        media: [
          { __typename: 'Book', id: 'b1' },
          { __typename: 'Film', id: 'f1' },
        ],
      },
      unasked: ['critics'],
    },
    'one type only, the others as empty objects': {
      query: '{ media { ... on Film { score } } }',
      data: { media: [{}, { score: 8 }] },
    },
    'the other subgraph first': {
      query: '{ praised { title score } }',
      data: {
        praised: [
          { title: 'Alien', score: 8 },
          { title: 'Emma', score: 9 },
        ],
      },
    },
    'an interface that one subgraph does not know': {
      query: '{ praised { __typename ... on Digital { minutes } } }',
      data: { praised: [{ __typename: 'Film', minutes: 117 }, { __typename: 'Book' }] },
    },
    'another interface of the same object': {
      query: '{ digital { minutes ... on Media { score } } }',
      data: { digital: [{ minutes: 117, score: 8 }] },
    },
    'interfaces within interfaces, to and fro': {
      query: '{ medium(id: "b1") { similar { __typename title similar { title } } } }',
      data: { medium: { similar: [{ __typename: 'Film', title: 'Alien', similar: [] }] } },
    },
    'fragments on the interface within fragments on a type': {
      query:
        '{ media { ... on Book { ... on Media { title score } } ... on Media { ... on Film { stars } } } }',
      data: { media: [{ title: 'Emma', score: 9 }, { stars: ['Weaver'] }] },
    },
    nothing: { query: '{ medium(id: "none") { score } }', data: { medium: null }, unasked: ['critics'] },
  },
};
