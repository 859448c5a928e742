import type { Feature } from '../feature.js';
import { subgraphs } from '../requires-arguments/subgraphs.js';

export const introspection: Feature = {
  subgraphs,
  pairs: {
    'types beside data': {
      query: '{ __schema { queryType { name } mutationType { name } } good { nothing } __typename }',
      data: {
        __schema: { queryType: { name: 'Query' }, mutationType: null },
        good: { nothing: 'nothing' },
        __typename: 'Query',
      },
    },
    'by variable, and nothing for a type that is not there': {
      query: 'query ($name: String!) { a: __type(name: $name) { kind } b: __type(name: "_Entity") { kind } }',
      variables: { name: 'Thing' },
      data: { a: { kind: 'INTERFACE' }, b: null },
      unasked: ['goods', 'labels', 'owners'],
    },
    'no machinery of federation, and no private fields': {
      query: '{ __type(name: "Owner") { fields { name args { name } } } __schema { directives { name } } }',
      data: {
        __type: {
          fields: [
            { name: 'id', args: [] },
            { name: 'fee', args: [{ name: 'percent' }] },
          ],
        },
        __schema: {
          directives: [
            { name: 'include' },
            { name: 'skip' },
            { name: 'deprecated' },
            { name: 'specifiedBy' },
            { name: 'oneOf' },
          ],
        },
      },
    },
  },
};
