import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const fragments: Feature = {
  subgraphs,
  pairs: {
    'a fragment for fields of two subgraphs': {
      query: '{ rex { ...All } } fragment All on Dog { weight name }',
      data: { rex: { weight: 30, name: 'Rex' } },
    },
    'one fragment in two places': {
      query: '{ rex { ...F } pets { ...F } } fragment F on Dog { weight }',
      data: { rex: { weight: 30 }, pets: [{ weight: 30 }, {}] },
    },
    'fragments in fragments in fragments': {
      query: `{ pets { ...A } } fragment A on Pet { ...B } fragment B on Named { name ...C }
        fragment C on Cat { lives weight }`,
      data: { pets: [{ name: 'Rex' }, { name: 'Tom', lives: 9, weight: 4 }] },
    },
    'a type inside an interface inside that type': {
      query: '{ rex { ... on Pet { ... on Dog { barks ... on Named { ... on Dog { weight } } } } } }',
      data: { rex: { barks: true, weight: 30 } },
    },
    'another type inside an interface, which never applies': {
      query: '{ rex { id ... on Pet { ... on Cat { lives weight } name } } }',
      data: { rex: { id: 'd1', name: 'Rex' } },
    },
    'one object from several fragments': {
      query: `{ rex { home { street } ...A ... on Pet { home { zip street } } } }
        fragment A on Dog { visits { year } home { zip } visits { reason } }`,
      data: { rex: { home: { street: 'Elm', zip: '1' }, visits: [{ year: 2020, reason: 'cough' }] } },
    },
    'the order in which fields are first met': {
      query: '{ rex { ... on Named { name } weight ... on Dog { id name barks } } }',
      data: { rex: { name: 'Rex', weight: 30, id: 'd1', barks: true } },
    },
    'fragments without a type': {
      query: '{ pets { ... { name ... { id } } ... on Dog { ... { weight } } } }',
      data: {
        pets: [
          { name: 'Rex', id: 'd1', weight: 30 },
          { name: 'Tom', id: 'c1' },
        ],
      },
    },
    'one name for different fields': {
      query: '{ pets { ... on Dog { size: weight } ... on Cat { size: lives } } }',
      data: {
        pets: [{ size: 30 }, { size: 9 }],
      },
    },
    'fragments on the root': {
      query: '{ ...Root ... on Query { rex { name } } } fragment Root on Query { rex { weight } }',
      data: { rex: { weight: 30, name: 'Rex' } },
    },
  },
};
