import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const mutations: Feature = {
  subgraphs,
  pairs: {
    'one after the other, whichever subgraph they are in': {
      query: `mutation { open a: rename(id: "c1", to: "A") { name } pause b: stick(id: "c1", note: "n") { id }
        c: rename(id: "c1", to: "C") { name } entries }`,
      data: {
        open: 0,
        a: { name: 'A' },
        pause: 2,
        b: { id: 'c1' },
        c: { name: 'C' },
        entries: ['rename to A', 'pause', 'stick n', 'rename to C'],
      },
    },
    'each with all of its answer before the next begins': {
      query: `mutation { open one: rename(id: "c1", to: "A") { label } two: rename(id: "c1", to: "B") { label }
        entries }`,
      data: {
        open: 0,
        one: { label: '<A>' },
        two: { label: '<B>' },
        entries: ['rename to A', 'label A', 'rename to B', 'label B'],
      },
    },
    'one entity changed by the next: nothing of it is remembered': {
      query: `mutation { one: rename(id: "c1", to: "A") { name label } two: stick(id: "c1", note: "x") { name label }
        three: rename(id: "c1", to: "C") { label name } four: stick(id: "c1", note: "y") { label } }`,
      data: {
        one: { name: 'A', label: '<A>' },
        two: { name: 'A', label: '<A>' },
        three: { label: '<C>', name: 'C' },
        four: { label: '<C>' },
      },
    },
    'an error does not stop what follows': {
      query: 'mutation { open fail { id } pause entries }',
      data: { open: 0, fail: null, pause: 2, entries: ['fail', 'pause'] },
      errors: [{ path: ['fail'], code: 'BROKEN' }],
    },
    'by variables': {
      query:
        'mutation ($to: String!, $note: String) { rename(id: "c1", to: $to) { name } stick(id: "c1", note: $note) { name } }',
      variables: { to: 'V', note: null },
      data: { rename: { name: 'V' }, stick: { name: 'V' } },
    },
    'in fragments': {
      query: 'mutation { ...M } fragment M on Mutation { open rename(id: "c1", to: "F") { label } entries }',
      data: { open: 0, rename: { label: '<F>' }, entries: ['rename to F', 'label F'] },
    },
    'left out': {
      query:
        'mutation ($no: Boolean!) { open rename(id: "c1", to: "X") @include(if: $no) { name } pause entries }',
      variables: { no: false },
      data: { open: 0, pause: 1, entries: ['pause'] },
    },
    'run, though nothing of the answer is looked at': {
      query: `mutation ($yes: Boolean!) { open
        rename(id: "c1", to: "R") @include(if: $yes) { name @skip(if: $yes) } entries }`,
      variables: { yes: true },
      data: { open: 0, rename: {}, entries: ['rename to R'] },
    },
  },
};
