/** Measures live news on their way from the database to 2,000 people: `npm run bench:realtime`. See bench/README.md. */
import { describeMachine } from './measure/machine.js';
import { cpuMillisOf, memoryOf } from './measure/cpu-time.js';
import { openHttpClient } from './load/http-client.js';
import { formatRealtime, type RealtimeResult } from './realtime/format-realtime.js';
import { moveOrders, signInStaff } from './realtime/move-orders.js';
import { readRealtimeOptions, type RealtimeOptions } from './realtime/realtime-options.js';
import { placeOrders } from './realtime/place-orders.js';
import { seatSubscribers } from './realtime/seat-subscribers.js';
import { openShop, type OpenedShop } from './shop/open-shop.js';

const IDLE_MILLIS = 5_000; // five seconds for garbage to be collected
const PREPARING_CONNECTIONS = 4;

const options = readRealtimeOptions(process.argv.slice(2));
const machine = describeMachine();
const opened = await openShop(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void opened.close().then(() => process.exit(1)));
try {
  console.log(formatRealtime({ ...(await measure(opened, options)), machine }));
} finally {
  await opened.close();
}

async function measure(
  { shop }: OpenedShop,
  { subscribers, orders: count, rate, seconds }: RealtimeOptions,
): Promise<Omit<RealtimeResult, 'machine'>> {
  const client = openHttpClient(PREPARING_CONNECTIONS);
  const rss = () => memoryOf(shop.pid)?.rss ?? 0;
  try {
    console.error(`Placing ${count} orders …`);
    const orders = await placeOrders({ url: shop.url, client }, count);
    const staff = await signInStaff({ url: shop.url, client });
    await moveOrders({ url: shop.url, staff, orders }, { rate, seconds: 2 }); // warms up
    await idle();
    const before = rss();
    console.error(`Seating ${subscribers} subscribers …`);
    const audience = await seatSubscribers({ url: shop.url, orders, subscribers });
    try {
      await idle();
      const bytesPerSubscriber = (rss() - before) / subscribers;
      console.error(`Moving orders, ${rate} times a second for ${seconds} s …`);
      const cpuBefore = cpuMillisOf(shop.pid) ?? 0;
      const moved = await moveOrders({ url: shop.url, staff, orders }, { rate, seconds });
      const heard = await audience.heard(moved);
      const cpuMillis = (cpuMillisOf(shop.pid) ?? 0) - cpuBefore;
      return { subscribers, orders: count, rate, moved: moved.length, heard, cpuMillis, bytesPerSubscriber };
    } finally {
      await audience.leave();
    }
  } finally {
    await client.close();
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, IDLE_MILLIS));
}
