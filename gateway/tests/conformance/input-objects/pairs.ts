import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const inputObjects: Feature = {
  subgraphs,
  pairs: {
    'the fields all subgraphs know': {
      query: '{ __type(name: "Filter") { inputFields { name } } }',
      data: { __type: { inputFields: [{ name: 'name' }, { name: 'size' }, { name: 'inner' }] } },
    },
    'defaults of arguments and of input fields': {
      query: '{ left }',
      data: { left: '{"sort":[{"by":"name","down":false}],"page":1}' },
    },
    'literals, nested': {
      query: '{ right(filter: { name: "a", inner: { size: 2, inner: null } }) }',
      data: { right: '{"filter":{"name":"a","inner":{"size":2,"inner":null}}}' },
    },
    'a variable for all of it': {
      query: 'query ($f: Filter) { left(filter: $f, sort: [], page: null) right(filter: $f) }',
      variables: { f: { size: 3 } },
      data: { left: '{"filter":{"size":3},"sort":[],"page":null}', right: '{"filter":{"size":3}}' },
    },
    'a variable for a part of it': {
      query: 'query ($n: String, $s: Int = 4) { right(filter: { name: $n, inner: { size: $s } }) }',
      variables: { n: 'x' },
      data: { right: '{"filter":{"name":"x","inner":{"size":4}}}' },
    },
    'a variable that is not given, so that the default of the argument holds': {
      query: 'query ($p: Int) { left(page: $p, sort: []) }',
      data: { left: '{"sort":[],"page":1}' },
    },
    'an item for a list': {
      query: '{ left(sort: { by: "size", down: true }) }',
      data: { left: '{"sort":[{"by":"size","down":true}],"page":1}' },
    },
    'arguments of a field in another subgraph': {
      query: 'query ($f: Filter!) { item { a: told(filter: $f) b: told(page: 2) c: told } }',
      variables: { f: { inner: { name: 'é "' } } },
      data: {
        item: { a: '{"filter":{"inner":{"name":"é \\""}},"page":9}', b: '{"page":2}', c: '{"page":9}' },
      },
    },
  },
};
