import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const interfaceObject: Feature = {
  subgraphs,
  pairs: {
    'a field for all types at once': {
      query: '{ items { name stars } }',
      data: {
        items: [
          { name: 'Emma', stars: 5 },
          { name: 'Alien', stars: 4 },
        ],
      },
    },
    'that field on one type only': {
      query: '{ items { ... on Film { stars minutes } } }',
      data: { items: [{}, { stars: 4, minutes: 117 }] },
    },
    'that field of a type itself': {
      query: '{ book { pages stars } }',
      data: { book: { pages: 474, stars: 5 } },
    },
    'the way back to fields of the interface': {
      query: '{ reviewed { stars name } }',
      data: {
        reviewed: [
          { stars: 4, name: 'Alien' },
          { stars: 5, name: 'Emma' },
        ],
      },
    },
    'the real type of what the subgraph knows as one': {
      query: '{ reviewed { __typename stars } }',
      data: {
        reviewed: [
          { __typename: 'Film', stars: 4 },
          { __typename: 'Book', stars: 5 },
        ],
      },
    },
    'the real type by fragments': {
      query: '{ reviewed { ... on Book { pages } ... on Film { minutes } } }',
      data: { reviewed: [{ minutes: 117 }, { pages: 474 }] },
    },
    'a requirement of the interface': {
      query: '{ items { praise } reviewed { praise } }',
      data: {
        items: [{ praise: 'Emma!' }, { praise: 'Alien!' }],
        reviewed: [{ praise: 'Alien!' }, { praise: 'Emma!' }],
      },
    },
    'items in objects in items': {
      query: '{ items { reviews { text item { name stars } } } }',
      data: {
        items: [
          { reviews: [{ text: 'about b1', item: { name: 'Emma', stars: 5 } }] },
          { reviews: [{ text: 'about f1', item: { name: 'Alien', stars: 4 } }] },
        ],
      },
    },
    'an item inside an object that is no entity': {
      query: '{ latest { text item { __typename ... on Book { pages } praise } } }',
      data: { latest: { text: 'Fine', item: { __typename: 'Book', pages: 474, praise: 'Emma!' } } },
    },
    'nothing fetched for keys alone': {
      query: '{ reviewed { id stars } }',
      data: {
        reviewed: [
          { id: 'f1', stars: 4 },
          { id: 'b1', stars: 5 },
        ],
      },
      unasked: ['items'],
    },
    'names taken by aliases': {
      query: '{ items { id: name name: stars praise } }',
      data: {
        items: [
          { id: 'Emma', name: 5, praise: 'Emma!' },
          { id: 'Alien', name: 4, praise: 'Alien!' },
        ],
      },
    },
    'a requirement of the interface on one type only, among others': {
      query: '{ items { name ... on Book { praise stars } } }',
      data: { items: [{ name: 'Emma', praise: 'Emma!', stars: 5 }, { name: 'Alien' }] },
    },
    'the same below names taken by aliases': {
      query: '{ items { id: name ... on Book { praise other: stars } } }',
      data: { items: [{ id: 'Emma', praise: 'Emma!', other: 5 }, { id: 'Alien' }] },
    },
  },
};
