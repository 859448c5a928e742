import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const requiresArguments: Feature = {
  subgraphs,
  pairs: {
    'the argument of a requirement': {
      query: '{ goods { dollars } }',
      data: { goods: [{ dollars: '$2000' }, { dollars: '$0' }] },
    },
    'a default where the requirement gives no argument': {
      query: '{ good { plain } }',
      data: { good: { plain: '1000' } },
    },
    'two fields that require one field with different arguments': {
      query: '{ goods { euros dollars } }',
      data: {
        goods: [
          { euros: '€1000', dollars: '$2000' },
          { euros: '€0', dollars: '$0' },
        ],
      },
    },
    'four of them, in the order of the query': {
      query: '{ good { kroner nothing dollars plain euros } }',
      data: {
        good: { kroner: 'kr10000', nothing: 'nothing', dollars: '$2000', plain: '1000', euros: '€1000' },
      },
    },
    'the client asking for the field with arguments of its own': {
      query: '{ good { price(currency: "NOK") dollars } }',
      data: { good: { price: 10000, dollars: '$2000' } },
    },
    'the client asking before and after, with aliases': {
      query: '{ good { a: price(currency: "USD") euros b: price dollars price(currency: "NOK") } }',
      data: { good: { a: 2000, euros: '€1000', b: 1000, dollars: '$2000', price: 10000 } },
    },
    'the client asking by variable': {
      query: 'query ($c: String!, $s: String) { good { price(currency: $c) dollars(sign: $s) kroner } }',
      variables: { c: 'NOK', s: 'USD ' },
      data: { good: { price: 10000, dollars: 'USD 2000', kroner: 'kr10000' } },
    },
    'one such field twice, with arguments of its own': {
      query: '{ good { dollars small: dollars(sign: "US$") kroner } }',
      data: { good: { dollars: '$2000', small: 'US$2000', kroner: 'kr10000' } },
    },
    'objects with arguments, and arguments inside them': {
      query: '{ goods { small large } }',
      data: {
        goods: [
          { small: '10 by 4', large: '200 by 40' },
          { small: null, large: null },
        ],
      },
    },
    'one object, other arguments inside': {
      query: '{ good { wide small box { width(times: 9) } } }',
      data: { good: { wide: '30', small: '10 by 4', box: { width: 90 } } },
    },
    'a requirement of two fields that others want differently': {
      query: '{ good { euros both large dollars } }',
      data: {
        good: { euros: '€1000', both: '[2000,100]', large: '200 by 40', dollars: '$2000' },
      },
    },
    'a requirement through another subgraph, with arguments on the way': {
      query: '{ good { charge newCharge owner { id fee(percent: 1) } } }',
      data: { good: { charge: '105', newCharge: '209', owner: { id: 'new', fee: 201 } } },
    },
    'members of an interface': {
      query: '{ things { price(currency: "NOK") ... on Good { dollars euros } ... on Service { dollars } } }',
      data: {
        things: [
          { price: 10000, dollars: '$2000', euros: '€1000' },
          { price: 70, dollars: '$14' },
        ],
      },
    },
    'fields that are left out': {
      query: 'query ($no: Boolean!) { good { euros @include(if: $no) dollars @skip(if: $no) kroner } }',
      variables: { no: false },
      data: { good: { dollars: '$2000', kroner: 'kr10000' } },
    },
    fragments: {
      query:
        '{ good { ...Money ... on Good { dollars } } } fragment Money on Good { euros price(currency: "NOK") }',
      data: { good: { euros: '€1000', price: 10000, dollars: '$2000' } },
    },
    'an error of what is required, at the name the client knows': {
      query: '{ good { marks euros } }',
      data: { good: { marks: 'null', euros: '€1000' } },
      errors: [{ path: ['good', 'price'], code: 'NO_SUCH_CURRENCY' }],
    },
  },
};
