import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const selfReferences: Feature = {
  subgraphs,
  pairs: {
    'friends of friends': {
      query: '{ person(id: "ann") { name friends { name friends { name } } } }',
      data: {
        person: {
          name: 'ANN',
          friends: [
            { name: 'BEN', friends: [{ name: 'ANN' }] },
            { name: 'CID', friends: [] },
          ],
        },
      },
    },
    'one entity in many places, asked of differently': {
      query:
        '{ person(id: "ann") { boss { name } friends { boss { id friends { id } } friends { boss { name } } } } }',
      data: {
        person: {
          boss: { name: 'CID' },
          friends: [
            { boss: { id: 'cid', friends: [] }, friends: [{ boss: { name: 'CID' } }] },
            { boss: null, friends: [] },
          ],
        },
      },
    },
    'one entity twice side by side': {
      query:
        '{ a: person(id: "ben") { friends { name } } b: person(id: "ben") { friends { boss { name } } name } }',
      data: {
        a: { friends: [{ name: 'ANN' }] },
        b: { friends: [{ boss: { name: 'CID' } }], name: 'BEN' },
      },
    },
    'five hops': {
      query: '{ person(id: "ben") { friends { friends { friends { friends { friends { name } } } } } } }',
      data: {
        person: {
          friends: [
            {
              friends: [
                { friends: [{ friends: [{ friends: [{ name: 'ANN' }] }, { friends: [] }] }] },
                { friends: [] },
              ],
            },
          ],
        },
      },
    },
  },
};
