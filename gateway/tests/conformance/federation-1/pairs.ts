import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const federation1: Feature = {
  subgraphs,
  pairs: {
    'an extended type': {
      query: '{ cars { maker wheels { inches } } }',
      data: {
        cars: [
          { maker: 'Saab', wheels: [{ inches: 16 }] },
          { maker: 'Volvo', wheels: [{ inches: 16 }] },
        ],
      },
    },
    'a requirement': { query: '{ cars { toll } }', data: { cars: [{ toll: 901 }, { toll: 1 }] } },
    'an extended root, and the way back': {
      query: '{ dearest { vin maker toll } }',
      data: { dearest: { vin: 'v1', maker: 'Saab', toll: 901 } },
    },
    'the name of the key taken': {
      query: '{ cars { vin: maker weight: vin toll } }',
      data: {
        cars: [
          { vin: 'Saab', weight: 'v1', toll: 901 },
          { vin: 'Volvo', weight: 'v2', toll: 1 },
        ],
      },
    },
  },
};
