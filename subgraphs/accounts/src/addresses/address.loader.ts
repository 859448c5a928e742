import { loadMany } from '@storegraph/subgraph-server';
import { findAddressesOfUsers, type Database } from './address.store.js';

export function createAddressLoaders(db: Database) {
  return {
    addressesOfUser: loadMany(
      (userIds) => findAddressesOfUsers(db, userIds),
      (address) => address.userId,
    ),
  };
}
