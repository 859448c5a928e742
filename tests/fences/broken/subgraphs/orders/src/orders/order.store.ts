export { database } from '../../../../prisma/catalog/src/index.js'; // a-domain-owns-its-database
