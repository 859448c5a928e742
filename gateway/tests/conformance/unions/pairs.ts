import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const unions: Feature = {
  subgraphs,
  pairs: {
    'members, and a gap in the list': {
      query: '{ clips { __typename ... on Film { title } ... on Song { name } } }',
      data: {
        clips: [
          { __typename: 'Film', title: 'title of f1' },
          null,
          { __typename: 'Song', name: 'name of s1' },
        ],
      },
      unasked: ['radio'],
    },
    'a member that this subgraph has never heard of': {
      query: '{ clips { ... on Talk { speaker } ... on Film { id } } }',
      data: { clips: [{ id: 'f1' }, null, {}] },
      unasked: ['radio'],
    },
    'fields of a member that the other subgraph knows': {
      query: '{ clips { ... on Song { name beats } } }',
      data: { clips: [{}, null, { name: 'name of s1', beats: 120 }] },
    },
    'the other subgraph first': {
      query: '{ onAir { ... on Song { name } ... on Talk { speaker } ... on Film { title } } }',
      data: { onAir: [{ speaker: 'Ann' }, { name: 'name of s1' }] },
    },
    'a union inside a member of a union': {
      query: '{ onAir { ... on Talk { next { __typename ... on Song { beats name } } } } }',
      data: { onAir: [{ next: { __typename: 'Song', beats: 120, name: 'name of s2' } }, {}] },
    },
    'a union inside an object that is no entity': {
      query: '{ shelf { top { ... on Song { beats } } rest { ... on Film { title } } } }',
      data: { shelf: { top: { beats: 120 }, rest: [{ title: 'title of f1' }] } },
    },
    'members of one name in the answer and different fields': {
      query: '{ clips { ... on Film { label: title } ... on Song { label: name } } }',
      data: { clips: [{ label: 'title of f1' }, null, { label: 'name of s1' }] },
    },
  },
};
