import { requestBody } from '../operations/graphql.js';
import { ADD, ADDRESS, placeOrder, type PlacedOrder } from '../operations/guest.js';
import type { OpenShop } from '../operations/operation.js';
import { sellableVariants } from '../operations/sellable-variants.js';

/** Guests place so many orders, one after the other. */
export async function placeOrders(shop: OpenShop, count: number): Promise<PlacedOrder[]> {
  const variants = await sellableVariants(shop);
  const orders: PlacedOrder[] = [];
  while (orders.length < count) {
    const lines = [{ variantId: variants[orders.length % variants.length] ?? '', quantity: 1 }];
    orders.push(await placeOrder(shop, requestBody(ADD, { input: { lines }, address: ADDRESS })));
  }
  return orders;
}
