export const cartStore = 'carts';
