import { loadOne } from '@storegraph/subgraph-server';
import { findWarehouses, findWarehousesByIds, type Database } from './warehouse.store.js';

export function createWarehouseLoaders(db: Database) {
  return {
    warehouse: loadOne(
      (ids) => findWarehousesByIds(db, ids),
      ({ id }) => id,
    ),
    warehouses: { load: () => findWarehouses(db) },
  };
}
