export { removeKeys } from './redis-keys.js';
export { hasRedisServer, OwnRedis } from './redis-server.js';
export { startTestSubgraph, TEST_SERVICE_KEY } from './subgraph.js';
export type { Asked, TestSubgraph } from './subgraph.js';
export { testDatabase } from './test-database.js';
export type { TestDatabase } from './test-database.js';
export { admin, guest, seller, service, shopper, staff } from './viewers.js';
