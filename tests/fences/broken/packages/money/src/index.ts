export { database } from '../../../prisma/orders/src/index.js'; // packages-know-no-deployable
