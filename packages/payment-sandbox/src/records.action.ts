import { listRows } from './lists.js';
import { allowOnly, readList, readText } from './params.js';
import { noSuch } from './wire.js';
import type { Call, Result, Work } from './work.js';

/** GET /v1/charges/:id */
export function retrieveCharge(call: Call, work: Work): Result {
  allowOnly(call.params, ['expand']);
  const charge = work.find('charge', call.id);
  if (!charge) throw noSuch('charge', call.id, { param: 'id', status: 404 });
  return { kind: 'done', body: charge };
}

/** GET /v1/charges */
export function listCharges(call: Call, work: Work): Result {
  const rows = work.ledger.all('charge');
  return {
    kind: 'done',
    body: listRows(rows, call.params, { url: '/v1/charges', filters: ['payment_intent'] }),
  };
}

/** GET /v1/events/:id */
export function retrieveEvent(call: Call, work: Work): Result {
  allowOnly(call.params, ['expand']);
  const event = work.find('event', call.id);
  if (!event) throw noSuch('event', call.id, { param: 'id', status: 404 });
  return { kind: 'done', body: event };
}

/** GET /v1/events, of one `type` (a trailing `*` matches any ending) or several `types`. */
export function listEvents(call: Call, work: Work): Result {
  const page = Object.fromEntries(Object.entries(call.params).filter(([name]) => !/^types?$/.test(name)));
  const type = readText(call.params, 'type');
  const wanted = type ? [type] : readList(call.params, 'types');
  const matches = (name: string): boolean =>
    !wanted || wanted.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
  const rows = work.ledger.all('event').filter((event) => matches(event.type));
  return { kind: 'done', body: listRows(rows, page, { url: '/v1/events', filters: [] }) };
}
