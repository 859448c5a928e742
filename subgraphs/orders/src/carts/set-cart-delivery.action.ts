import type { Deps } from '../context.js';
import type { Address } from '../shipping/address.js';
import { findLinesOfCarts } from './cart.store.js';
import { changeCart, type CartAim, type CartRefusal } from './change-cart.action.js';
import { optionsFor } from './price-cart.js';

/**
 * Says where a cart goes and who is told about it. A shipping option that is not offered there is forgotten.
 *
 * @param delivery.email kept as it is when `null`
 */
export async function setCartAddress(
  deps: Deps,
  aim: CartAim,
  delivery: { address: Address; email: string | null },
): Promise<{ kind: 'changed'; cartId: string } | CartRefusal> {
  const { address, email } = delivery;
  return changeCart(deps, aim, async (tx, cart) => {
    const options = optionsFor({ lines: await findLinesOfCarts(tx, [cart.id]) }, address);
    const isOffered = options.some(({ code }) => code === cart.shippingOption);
    return {
      kind: 'change',
      change: {
        shippingAddress: address,
        shippingOption: isOffered ? cart.shippingOption : null,
        ...(email !== null && { email }),
      },
    };
  });
}

export type ChooseShippingOutcome =
  { kind: 'changed'; cartId: string } | { kind: 'no-address' } | { kind: 'not-offered' } | CartRefusal;

/** Chooses how a cart is sent, from what is offered for its address. */
export async function chooseShippingOption(
  deps: Deps,
  aim: CartAim,
  option: string,
): Promise<ChooseShippingOutcome> {
  type Failure = { kind: 'no-address' } | { kind: 'not-offered' };
  return changeCart<Failure>(deps, aim, async (tx, cart) => {
    if (!cart.shippingAddress) return { kind: 'no-address' };
    const options = optionsFor({ lines: await findLinesOfCarts(tx, [cart.id]) }, cart.shippingAddress);
    if (!options.some(({ code }) => code === option)) return { kind: 'not-offered' };
    return { kind: 'change', change: { shippingOption: option } };
  });
}
