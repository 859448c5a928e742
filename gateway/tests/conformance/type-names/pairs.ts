import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const typeNames: Feature = {
  subgraphs,
  pairs: {
    'of the root, without asking anybody': {
      query: '{ __typename }',
      data: { __typename: 'Query' },
      unasked: ['left', 'right'],
    },
    'of the root under other names, among fields': {
      query: '{ a: __typename user { id } b: __typename }',
      data: { a: 'Query', user: { id: 'u1' }, b: 'Query' },
    },
    'of the root of mutations': {
      query: 'mutation { __typename touch { __typename name } }',
      data: { __typename: 'Mutation', touch: { __typename: 'User', name: 'Ann' } },
    },
    'of an entity, first and last': {
      query: '{ user { __typename name kind: __typename } }',
      data: { user: { __typename: 'User', name: 'Ann', kind: 'User' } },
    },
    'of an entity alone': {
      query: '{ users { __typename } }',
      data: { users: [{ __typename: 'User' }, null] },
      unasked: ['right'],
    },
    'of interfaces and unions': {
      query: '{ node { __typename } anything { __typename ... on Box { is: __typename } } }',
      data: { node: { __typename: 'User' }, anything: { __typename: 'Box', is: 'Box' } },
    },
    'under another name only, on an interface': {
      query: '{ node { is: __typename ... on User { name } } }',
      data: { node: { is: 'User', name: 'Ann' } },
    },
    'of objects that are no entities': {
      query: '{ user { box { __typename inner { __typename label } } name } }',
      data: {
        user: { box: { __typename: 'Box', inner: { __typename: 'Box', label: 'inner' } }, name: 'Ann' },
      },
    },
    'of none that is not asked for': {
      query: '{ node { ... on User { name box { label } } } }',
      data: { node: { name: 'Ann', box: { label: 'outer' } } },
    },
  },
};
