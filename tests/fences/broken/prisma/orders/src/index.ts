export const database = 'orders';
