import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

const BROKEN = 'BROKEN';
const GONE = 'NOT_FOUND';

export const nullPropagation: Feature = {
  subgraphs,
  pairs: {
    'a field that may be null stops it': {
      query: '{ rows { id may } }',
      data: {
        rows: [
          { id: 'r1', may: 'may' },
          { id: 'r2', may: null },
          { id: 'r3', may: null },
        ],
      },
      errors: [{ path: ['rows', 1, 'may'], code: BROKEN }],
    },
    'an entity that may be null stops it': {
      query: '{ row(id: "r2") { id must } }',
      data: { row: null },
      errors: [{ path: ['row', 'must'], code: BROKEN }],
    },
    'a list of entities that must be there does not stop it': {
      query: '{ row(id: "r1") { must } strict { must } }',
      data: { row: { must: 'must' }, strict: null },
      errors: [{ path: ['strict', 1, 'must'], code: BROKEN }],
    },
    'nothing on the way stops it': {
      query: '{ row(id: "r1") { id } must(id: "r2") { must } }',
      data: null,
      errors: [{ path: ['must', 'must'], code: BROKEN }],
    },
    'an entity that is gone is an error where it must say something': {
      query: '{ row(id: "r3") { id must } }',
      data: { row: null },
      errors: [{ path: ['row', 'must'], code: GONE }],
    },
    'an entity that is gone is none where it may be silent': {
      query: '{ row(id: "r3") { id may part { name } } }',
      data: { row: { id: 'r3', may: null, part: null } },
    },
    'items of a list': {
      query: '{ row(id: "r2") { mays } }',
      data: { row: { mays: ['a', null] } },
      errors: [{ path: ['row', 'mays', 1], code: BROKEN }],
    },
    'objects in a list that must be there': {
      query: '{ row(id: "r2") { id musts { name } } }',
      data: { row: { id: 'r2', musts: null } },
      errors: [{ path: ['row', 'musts', 1, 'name'], code: BROKEN }],
    },
    'an object in the other subgraph': {
      query: '{ rows { part { note name } } }',
      data: { rows: [{ part: { note: 'o', name: 'n' } }, { part: null }, { part: null }] },
      errors: [{ path: ['rows', 1, 'part', 'name'], code: BROKEN }],
    },
    'through objects that are no entities': {
      query: '{ table { title rows { must } } }',
      data: { table: null },
      errors: [{ path: ['table', 'rows', 1, 'must'], code: BROKEN }],
    },
    'through an entity that must be there': {
      query: '{ row(id: "r1") { id next { must } } }',
      data: { row: null },
      errors: [{ path: ['row', 'next', 'must'], code: BROKEN }],
    },
    'errors of the first subgraph keep their place': {
      query: '{ rows { own may } }',
      data: { rows: [{ own: 'own r1', may: 'may' }, { own: 'own r2', may: null }, null] },
      errors: [
        { path: ['rows', 1, 'may'], code: BROKEN },
        { path: ['rows', 2, 'own'], code: 'OWN' },
      ],
    },
    'one error for one field under two names each': {
      query: '{ row(id: "r2") { a: may b: may } }',
      data: { row: { a: null, b: null } },
      errors: [
        { path: ['row', 'a'], code: BROKEN },
        { path: ['row', 'b'], code: BROKEN },
      ],
    },
    'one entity in two places': {
      query: '{ row(id: "r2") { may } table { first { next { may } } } }',
      data: { row: { may: null }, table: { first: { next: { may: null } } } },
      errors: [
        { path: ['row', 'may'], code: BROKEN },
        { path: ['table', 'first', 'next', 'may'], code: BROKEN },
      ],
    },
  },
};
