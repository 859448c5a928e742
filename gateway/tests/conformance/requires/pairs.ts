import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const requires: Feature = {
  subgraphs,
  pairs: {
    'a required field that is not in the answer': {
      query: '{ good(id: "g1") { byWeight } }',
      data: { good: { byWeight: '2' } },
    },
    'a required field that is in the answer': {
      query: '{ good(id: "g1") { weight byWeight } }',
      data: { good: { weight: 2, byWeight: '2' } },
    },
    'zero and null, which are values too': {
      query: '{ goods { byWeight } }',
      data: { goods: [{ byWeight: '2' }, { byWeight: '0' }, { byWeight: 'null' }] },
    },
    'objects, null objects and nulls in objects': {
      query: '{ goods { bySize } }',
      data: {
        goods: [{ bySize: '[3,4]' }, { bySize: 'null' }, { bySize: '[1,null]' }],
      },
    },
    'lists of objects, empty lists and null lists': {
      query: '{ goods { byParts } }',
      data: { goods: [{ byParts: '[10,5]' }, { byParts: '[]' }, { byParts: 'null' }] },
    },
    'lists of leaves': {
      query: '{ goods { byTags } }',
      data: { goods: [{ byTags: '["a","b"]' }, { byTags: '[]' }, { byTags: 'null' }] },
    },
    'several fields at once': {
      query: '{ good(id: "g1") { byTwo byWidth } }',
      data: { good: { byTwo: '[2,["a","b"]]', byWidth: '3' } },
    },
    'nothing but the key where nothing is required': {
      query: '{ good(id: "g1") { free } }',
      data: { good: { free: 'nothing was sent' } },
    },
    'a detour when the subgraph itself gave the entity': {
      query: '{ promoted { byWeight } }',
      data: { promoted: { byWeight: '2' } },
    },
    'other parts of a required object in the answer': {
      query: '{ good(id: "g1") { size { height } byWidth } }',
      data: { good: { size: { height: 4 }, byWidth: '3' } },
    },
    'an alias for the required field': {
      query: '{ good(id: "g1") { heaviness: weight byWeight } }',
      data: { good: { heaviness: 2, byWeight: '2' } },
    },
    'an alias for the field that requires': {
      query: '{ goods { a: byWeight b: byTags } }',
      data: {
        goods: [
          { a: '2', b: '["a","b"]' },
          { a: '0', b: '[]' },
          { a: 'null', b: 'null' },
        ],
      },
    },
  },
};
