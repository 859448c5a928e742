import type { Feature } from '../feature.js';
import { ODD, subgraphs } from './subgraphs.js';

export const scalars: Feature = {
  subgraphs,
  pairs: {
    'objects as leaves, whatever their keys': {
      query: '{ things { meta metas } }',
      data: { things: [{ meta: ODD, metas: [{ id: 'm' }, null, 3] }] },
    },
    'a leaf that is an object, required': {
      query: '{ things { read } }',
      data: { things: [{ read: [ODD] }] },
    },
    'false and the empty string, required': {
      query: '{ things { flags on name } }',
      data: { things: [{ flags: [false, ''], on: false, name: '' }] },
    },
    'false and the empty string, required while their names are taken': {
      query: '{ things { on: name name: on flags read } }',
      data: { things: [{ on: '', name: false, flags: [false, ''], read: [ODD] }] },
    },
    'numbers as they are': {
      query: '{ things { big ratio } }',
      data: { things: [{ big: '99999999999999999999', ratio: 0.1 }] },
    },
    'objects as arguments, literal and by variable': {
      query:
        'query ($v: Json) { a: echo(value: { k: [1, "x", null, true, { d: 1.5 }] }) b: echo(value: $v) c: echo(list: [1, $v]) }',
      variables: { v: { deep: { id: 1 } } },
      data: {
        a: { k: [1, 'x', null, true, { d: 1.5 }] },
        b: { deep: { id: 1 } },
        c: [1, { deep: { id: 1 } }],
      },
    },
  },
};
