import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

const yes = { yes: true, no: false };

export const conditions: Feature = {
  subgraphs,
  pairs: {
    'fields left out by literals': {
      query: '{ boot { id @skip(if: true) size @include(if: false) price } }',
      data: { boot: { price: 90 } },
    },
    'a field of another subgraph left out by variable': {
      query: 'query ($no: Boolean!) { boot { size price @include(if: $no) } }',
      variables: { no: false },
      data: { boot: { size: 42 } },
      unasked: ['prices'],
    },
    'the same one left in': {
      query: 'query ($no: Boolean!) { boot { size price @skip(if: $no) } }',
      variables: { no: false },
      data: { boot: { size: 42, price: 90 } },
    },
    'defaults of the variables': {
      query:
        'query ($a: Boolean = true, $b: Boolean! = false) { boot { id @skip(if: $a) size @skip(if: $b) } }',
      data: { boot: { size: 42 } },
    },
    'both directives on one field': {
      query: `query ($yes: Boolean!, $no: Boolean!) { boot {
        a: size @include(if: $yes) @skip(if: $yes) b: size @include(if: $yes) @skip(if: $no)
        c: price @include(if: $no) @skip(if: $no) d: price @skip(if: $no) @include(if: $yes) } }`,
      variables: yes,
      data: { boot: { b: 42, d: 90 } },
    },
    'fragments, named and inline': {
      query: `query ($yes: Boolean!, $no: Boolean!) {
        shoes { id ...P @include(if: $no) ... on Clog @skip(if: $no) { price } ... @include(if: $yes) { size } }
      } fragment P on Boot { price }`,
      variables: yes,
      data: {
        shoes: [
          { id: 's1', size: 42 },
          { id: 's2', price: 60, size: 40 },
        ],
      },
    },
    'a required field that the client leaves out': {
      query: 'query ($no: Boolean!) { boot { size @include(if: $no) about } }',
      variables: { no: false },
      data: { boot: { about: 'size 42' } },
    },
    'a field that requires, left out and left in': {
      query:
        'query ($yes: Boolean!, $no: Boolean!) { boot { a: about @include(if: $no) b: about @include(if: $yes) } }',
      variables: yes,
      data: { boot: { b: 'size 42' } },
    },
    'a field twice, left out once': {
      query: 'query ($no: Boolean!) { boot { price @include(if: $no) price size @skip(if: true) size } }',
      variables: { no: false },
      data: { boot: { price: 90, size: 42 } },
    },
    'root fields': {
      query: 'query ($no: Boolean!) { boot @include(if: $no) { price } shoes @skip(if: $no) { id } }',
      variables: { no: false },
      data: { shoes: [{ id: 's1' }, { id: 's2' }] },
      unasked: ['prices'],
    },
    'everything left out': {
      query: 'query ($no: Boolean!) { boot @include(if: $no) { price } }',
      variables: { no: false },
      data: {},
      unasked: ['shoes', 'prices'],
    },
    'an object of which everything is left out': {
      query: 'query ($no: Boolean!) { boot { price @include(if: $no) } }',
      variables: { no: false },
      data: { boot: {} },
    },
    'conditions inside conditions': {
      query: `query ($yes: Boolean!, $no: Boolean!) {
        shoes @include(if: $yes) { ... on Boot @skip(if: $no) { price @include(if: $yes) size @include(if: $no) } }
      }`,
      variables: yes,
      data: { shoes: [{ price: 90 }, {}] },
    },
    'names of types': {
      query: 'query ($no: Boolean!) { shoes { __typename @include(if: $no) is: __typename @skip(if: $no) } }',
      variables: { no: false },
      data: { shoes: [{ is: 'Boot' }, { is: 'Clog' }] },
    },
    'an object left in, of which everything is left out': {
      query: 'query ($yes: Boolean!) { boot @include(if: $yes) { size @skip(if: $yes) } shoes { id } }',
      variables: { yes: true },
      data: { boot: {}, shoes: [{ id: 's1' }, { id: 's2' }] },
    },
    'literals that leave everything out': {
      query:
        '{ boot { ... on Boot @skip(if: true) { price } } shoes @include(if: false) { ... on Boot { price } } }',
      data: { boot: {} },
      unasked: ['prices'],
    },
  },
};
