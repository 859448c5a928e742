import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const enums: Feature = {
  subgraphs,
  pairs: {
    'values only one subgraph knows, in answers': {
      query: '{ left { mood moods tomorrow } }',
      data: { left: { mood: 'GLAD', moods: ['SAD', 'GLAD'], tomorrow: 'ANGRY' } },
    },
    'all values of an enum that is only answered': {
      query: '{ __type(name: "Mood") { values: enumValues { name } } }',
      data: { __type: { values: [{ name: 'GLAD' }, { name: 'SAD' }, { name: 'ANGRY' }] } },
      unasked: ['left', 'right'],
    },
    'common values of an enum that is only asked': {
      query: '{ __type(name: "Size") { values: enumValues { name } } }',
      data: { __type: { values: [{ name: 'M' }] } },
    },
    'an enum as argument and as answer': {
      query: '{ shirts(size: M) lengthIn(unit: CM) right { unit } }',
      data: { shirts: 2, lengthIn: 'CM', right: { unit: 'MM' } },
    },
    'enums by variable, in lists too': {
      query: 'query ($unit: Unit!, $sizes: [Size!]) { lengthIn(unit: $unit) trousers(sizes: $sizes) }',
      variables: { unit: 'MM', sizes: ['M', 'M'] },
      data: { lengthIn: 'MM', trousers: ['M', 'M'] },
    },
  },
};
