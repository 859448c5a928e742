export { database } from '../../../../prisma/orders/src/index.js'; // only-stores-query
