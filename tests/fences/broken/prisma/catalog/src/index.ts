export const database = 'catalog';
