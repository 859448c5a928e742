import type { PaymentIntent } from './objects.js';

/** The bank's page: the shopper approves or refuses the payment. */
export function approvalPage(intent: PaymentIntent): string {
  return page(
    'Approve this payment?',
    `<p>${escapeHtml(intent.description ?? 'Payment')}: <strong>${escapeHtml(amountOf(intent))}</strong></p>
    <form method="post">
      <button name="decision" value="approve">Approve</button>
      <button name="decision" value="refuse">Refuse</button>
    </form>`,
  );
}

/** Shown when there is no shop page to return to, or nothing left to decide. */
export function closingPage(message: string): string {
  return page('Test bank', `<p>${escapeHtml(message)}</p>`);
}

/** Where the shopper goes next, with the parameters Stripe appends. */
export function returnAddress(returnUrl: string, intent: PaymentIntent): string {
  const address = new URL(returnUrl);
  address.searchParams.set('payment_intent', intent.id);
  address.searchParams.set('payment_intent_client_secret', intent.client_secret);
  address.searchParams.set('redirect_status', intent.last_payment_error ? 'failed' : 'succeeded');
  return address.href;
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1rem; }
      button { font: inherit; padding: .5rem 1.25rem; margin-right: .75rem; }
    </style>
  </head>
  <body>
    <h1>${title}</h1>
    ${content}
    <p><small>Payment sandbox: no money moves.</small></p>
  </body>
</html>
`;
}

function amountOf({ amount, currency }: PaymentIntent): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
