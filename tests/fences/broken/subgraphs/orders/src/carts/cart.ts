export { cartStore } from './cart.store.js'; // rules-stay-pure
