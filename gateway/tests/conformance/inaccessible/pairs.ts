import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const inaccessible: Feature = {
  subgraphs,
  pairs: {
    'a key': { query: '{ rooms { name view } }', data: { rooms: [{ name: 'Blue', view: 'view of x1' }] } },
    'required fields': { query: '{ rooms { weekly each } }', data: { rooms: [{ weekly: 21, each: 3 }] } },
    'the name of one of them as an alias': {
      query: '{ rooms { serial: name beds: view each rate: weekly } }',
      data: { rooms: [{ serial: 'Blue', beds: 'view of x1', each: 3, rate: 21 }] },
    },
    'nothing of it in the schema': {
      query: '{ rooms { lock { code } } __type(name: "Lock") { fields { name } } }',
      data: { rooms: [{ lock: { code: '0000' } }], __type: { fields: [{ name: 'code' }] } },
    },
  },
};
