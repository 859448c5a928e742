import { compact } from './graphql.js';

/** Where guests of the benchmarks live. */
export const ADDRESS = {
  fullName: 'Ada Winterbourne',
  street: '48 Quarry Lane',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
};

/** What every typed failure tells. */
export const FAILURE = '... on UserError { code message path }';
/** Fills a guest's cart, and asks how it could be sent. */
export const ADD = compact(`
  mutation Add($input: AddCartLinesInput!, $address: PostalAddressInput!) {
    addCartLines(input: $input) {
      __typename
      ... on AddCartLinesSuccess { cartToken cart { shippingOptions(address: $address) { code } } }
      ${FAILURE}
    }
  }`);
