import { loadMany } from '@storegraph/subgraph-server';
import { findLinesByShipments, findShipmentsByOrders, type Database } from './shipment.store.js';

export function createShipmentLoaders(db: Database) {
  return {
    shipmentsOfOrder: loadMany(
      (ids) => findShipmentsByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    linesOfShipment: loadMany(
      (ids) => findLinesByShipments(db, ids),
      ({ shipmentId }) => shipmentId,
    ),
  };
}
