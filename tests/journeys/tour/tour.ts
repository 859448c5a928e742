import { randomBytes } from 'node:crypto';
import { checkOut, payOrder } from './check-out.js';
import { signIn, visit, type Answer } from './client.js';
import { fillCart } from './fill-cart.js';
import { findGoods } from './find-goods.js';
import { fulfilOrder } from './fulfil-order.js';
import { importGoods } from './import-goods.js';
import { keepJournal, type Step } from './journal.js';
import { refundLine } from './refund-line.js';
import { reviewGoods } from './review-goods.js';
import { watchOrder } from './watch-order.js';

/** The file that is imported, and where in it the shopper looks for a bicycle part. */
export type Goods = { readonly file: string; readonly category: string };

export type TourResult = { readonly steps: readonly Step[]; readonly imported: Answer };

const STAFF = { email: 'staff@storegraph.test', password: 'storegraph-demo' };
const REGISTER = `mutation Register($input: RegisterInput!) { register(input: $input) {
  ... on RegisterSuccess { user { id displayName } } ... on UserError { code message path } } }`;

/**
 * A day in the shop, through its public door alone: staff import goods, a shopper registers, finds, buys, pays,
 * watches the order arrive and reviews it, and gets one line refunded.
 *
 * @param url where the gateway listens; the shop holds the demonstration data
 * @throws {TourFailed} at the first thing that is not as promised
 */
export async function takeTour(url: string, goods: Goods, tell: (line: string) => void): Promise<TourResult> {
  const journal = keepJournal(tell);
  const [staff, shopper] = [visit(url), visit(url)];
  try {
    await journal.step('staff sign in', async () => [
      String((await signIn(staff, STAFF.email, STAFF.password))['displayName']),
      null,
    ]);
    const imported = await importGoods(journal, staff, goods.file);
    const email = `tour-${randomBytes(5).toString('hex')}@storegraph.test`;
    const password = `a long password ${randomBytes(6).toString('hex')}`;
    await journal.step('a shopper registers', async () => {
      const { user } = (await shopper.must(REGISTER, {
        input: { email, password, firstName: 'Robin', lastName: 'Tour' },
      })) as { user: Answer };
      return [String(user['displayName']), null];
    });
    const part = await findGoods(journal, shopper, {
      title: 'a bicycle part',
      category: goods.category,
      priceMin: '5.00',
      priceMax: '150.00',
      leastStock: 3,
    });
    const other = await findGoods(journal, shopper, {
      title: 'headphones to go with it',
      category: 'headphones',
      priceMin: '20.00',
      priceMax: '600.00',
      leastStock: 3,
    });
    await fillCart(journal, shopper, { choices: [part, other], email, password });
    const order = await checkOut(journal, shopper, email);
    const watched = watchOrder(shopper, String(order['id']));
    await payOrder(journal, shopper, String(order['id']));
    await fulfilOrder(journal, staff, { orderId: String(order['id']), watched });
    await reviewGoods(journal, shopper, other.productId);
    await refundLine(journal, staff, { order, watched });
    await watched.stop();
    return { steps: journal.steps, imported };
  } finally {
    await Promise.all([staff.leave(), shopper.leave()]);
  }
}
