/** What a person needs to know once the shop is open. */
export type Card = {
  readonly url: string;
  readonly readySeconds: number;
  readonly dataDir: string;
  readonly database: string;
  readonly payments: string;
  /** Absent when the shop has no demonstration data. */
  readonly demo: {
    readonly password: string;
    readonly logins: readonly { readonly persona: string; readonly email: string }[];
  } | null;
};

/** The card printed at the end of `npm start`. */
export function formatCard(card: Card): string {
  const rows: [string, string][] = [
    ['Storefront API', `${card.url}/graphql`],
    ['Subscriptions', `${card.url.replace(/^http/, 'ws')}/graphql`],
    ['Playground', `${card.url}/`],
    ['Health', `${card.url}/health/ready`],
    ['Metrics', `${card.url}/metrics`],
    ['Database', card.database],
    ['Payments', card.payments],
    ['Data', card.dataDir],
  ];
  if (card.demo) {
    for (const { persona, email } of card.demo.logins) rows.push([`Login: ${persona}`, email]);
    rows.push(['Password', card.demo.password]);
  }
  const widest = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(widest)}  ${value}`);
  const width = Math.max(...lines.map((line) => line.length)) + 2;
  const rule = '─'.repeat(width);
  const title = `  Storegraph is ready (${card.readySeconds.toFixed(1)} s). Ctrl-C stops it.`;
  return ['', rule, title, rule, ...lines, rule, ''].join('\n');
}
