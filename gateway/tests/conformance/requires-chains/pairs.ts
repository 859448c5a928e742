import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

const BAR = 'bar of molten iron';

export const requiresChains: Feature = {
  subgraphs,
  pairs: {
    'one link': {
      query: '{ ores { molten } }',
      data: { ores: [{ molten: 'molten iron' }, { molten: null }] },
    },
    'two links, the first of which nobody asked for': {
      query: '{ ores { bar } }',
      data: { ores: [{ bar: BAR }, { bar: null }] },
    },
    'three links': {
      query: '{ ores { blade } }',
      data: { ores: [{ blade: `blade from ${BAR}` }, { blade: null }] },
    },
    'a circle that ends where it began': {
      query: '{ ores { sword raw } }',
      data: {
        ores: [
          { sword: `blade from ${BAR} sword`, raw: 'iron' },
          { sword: null, raw: null },
        ],
      },
    },
    'all links in the answer, in the order of the query': {
      query: '{ ores { sword blade bar molten raw } }',
      data: {
        ores: [
          {
            sword: `blade from ${BAR} sword`,
            blade: `blade from ${BAR}`,
            bar: BAR,
            molten: 'molten iron',
            raw: 'iron',
          },
          { sword: null, blade: null, bar: null, molten: null, raw: null },
        ],
      },
    },
    'a field that requires two links': {
      query: '{ ores { label other } }',
      data: {
        ores: [
          { label: 'iron/molten iron', other: 7 },
          { label: 'null/null', other: 7 },
        ],
      },
    },
    'the chain below an object that is no entity': {
      query: '{ vein { depth ore { blade } } }',
      data: { vein: { depth: 40, ore: { blade: `blade from ${BAR}` } } },
    },
  },
};
