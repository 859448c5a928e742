import type { Deps } from '../context.js';
import { importRefund } from '../refunds/import-refund.action.js';
import type { NoticeSubject, ProviderAnswer, ProviderNotice } from './payment.js';
import { PaymentStatus } from './payment.js';
import {
  findNotice,
  findOpenNotices,
  insertNotice,
  markNoticeFailed,
  markNoticeHandled,
} from './payment.store.js';
import { settlePayment } from './settle-payment.action.js';

const AT_ONCE = 50;

/** Keeps a notice of the provider; `true` when it is new and has to be acted on, which comes later. */
export async function keepNotice(deps: Deps, notice: ProviderNotice): Promise<boolean> {
  const receivedAt = deps.now();
  const isNews = deps.provider.subjectOf(notice).kind !== 'other';
  const handledAt = isNews ? null : receivedAt;
  const kept = { ...notice, provider: deps.provider.name, receivedAt, handledAt };
  return (await insertNotice(deps.prisma, kept)) && isNews;
}

/**
 * Acts on a kept notice, once or, after a failure, again: everything it leads to may be done twice. Notices come in any
 * order, so what is not final is not believed but looked up.
 */
export async function handleNotice(deps: Deps, eventId: string): Promise<void> {
  const key = { provider: deps.provider.name, eventId };
  const notice = await findNotice(deps.prisma, key);
  if (!notice || notice.handledAt) return;
  try {
    await actOn(deps, deps.provider.subjectOf(notice));
    await markNoticeHandled(deps.prisma, key, deps.now());
  } catch (error) {
    deps.log.warn(
      { err: error, eventId, type: notice.type },
      'a notice of the provider could not be handled yet',
    );
    await markNoticeFailed(deps.prisma, key, error instanceof Error ? error.message : String(error));
  }
}

/** Takes up what an earlier process kept and did not handle, or failed to. @returns how many were tried */
export async function handleOpenNotices(deps: Deps): Promise<number> {
  const { prisma, provider, now } = deps;
  const open = await findOpenNotices(prisma, { provider: provider.name, now: now(), most: AT_ONCE });
  for (const eventId of open) await handleNotice(deps, eventId);
  return open.length;
}

async function actOn(deps: Deps, subject: NoticeSubject): Promise<void> {
  switch (subject.kind) {
    case 'intent': {
      // Money that has arrived stays so; everything else may have changed since the notice was written.
      const isFinal = subject.state.status === PaymentStatus.CAPTURED;
      const state = isFinal ? subject.state : present(await deps.provider.retrieveIntent(subject.intentId));
      if (state) await settlePayment(deps, state);
      return;
    }
    case 'charge': {
      const state = subject.intentId && present(await deps.provider.retrieveIntent(subject.intentId));
      if (state) await settlePayment(deps, state);
      return;
    }
    case 'refund': {
      const state = present(await deps.provider.retrieveRefund(subject.providerRefundId));
      const intent = state?.intentId && present(await deps.provider.retrieveIntent(state.intentId));
      // A refund told before its payment: the payment comes first all the same.
      if (intent) await settlePayment(deps, intent);
      if (state) await importRefund(deps, state);
      return;
    }
    case 'other':
  }
}

/** What the provider says now; `null` when it knows no such thing. */
function present<Value>(answer: ProviderAnswer<Value>): Value | null {
  if (answer.kind === 'done') return answer.value;
  if (answer.kind === 'refused') return null;
  throw new Error('the provider does not answer');
}
