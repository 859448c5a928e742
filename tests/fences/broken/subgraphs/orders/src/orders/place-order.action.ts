export { cartStore } from '../carts/cart.store.js'; // a-store-is-private-to-its-slice
