export { cartStore } from './cart.store.js'; // resolvers-stay-thin
