import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const nullKeys: Feature = {
  subgraphs,
  pairs: {
    'null keys, gaps in the list, and entities that are gone': {
      query: '{ parcels { id place } }',
      data: {
        parcels: [{ id: 'p1', place: 'Oslo' }, null, { id: 'p2', place: null }, { id: 'p3', place: null }],
      },
    },
    'one entity without a key': {
      query: '{ envelope { id tracking place } }',
      data: { envelope: { id: 'p2', tracking: null, place: null } },
    },
    'a null key whose entity must not be null': {
      query: '{ envelope { id note } }',
      data: { envelope: null },
      errors: [{ path: ['envelope', 'note'], code: 'NOT_FOUND' }],
    },
    'errors at the right places of the list': {
      query: '{ parcels { id note } }',
      data: { parcels: [{ id: 'p1', note: 'fragile' }, null, null, null] },
      errors: [
        { path: ['parcels', 2, 'note'], code: 'NOT_FOUND' },
        { path: ['parcels', 3, 'note'], code: 'NOT_FOUND' },
      ],
    },
  },
};
