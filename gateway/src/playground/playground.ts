import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Somebody a visitor of the playground may sign in as; never in production. */
export type DemoLogin = {
  readonly label: string;
  readonly email: string;
  readonly password: string;
  /** Whose tabs to open: a file name's first part in `tabs/`, such as `shopper`. */
  readonly persona: string;
};

const TABS_FOLDER = fileURLToPath(new URL('./tabs/', import.meta.url));

/** Everybody has these tabs; the others follow the demo logins. */
const GUEST = { name: 'guest', label: 'Guest' };

/**
 * The playground's page. It names no address but its own, and carries no script of its own text, so that a strict
 * content security policy holds.
 */
export function playgroundPage(logins: readonly DemoLogin[]): string {
  const tabs = readTabs();
  const tabsOf = (persona: string) => tabs.get(persona) ?? tabs.get(GUEST.name) ?? [''];
  const settings = {
    endpoint: '/graphql',
    personas: [
      { ...GUEST, tabs: tabsOf(GUEST.name) },
      ...logins.map(({ label, email, password, persona }) => ({
        name: email,
        label,
        login: { email, password },
        tabs: tabsOf(persona),
      })),
    ],
  };
  // A "<" could end the element early.
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Storegraph playground</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/playground/assets/graphiql.css" />
    <link rel="stylesheet" href="/playground/assets/playground.css" />
    <script type="application/json" id="settings">${json}</script>
    <script type="module" src="/playground/assets/playground.js"></script>
  </head>
  <body>
    <header id="bar"><h1>Storegraph</h1><nav id="personas"></nav><span id="status" role="status"></span></header>
    <main id="playground"></main>
    <noscript>The playground needs JavaScript.</noscript>
  </body>
</html>
`;
}

/** Example operations by persona, in the order of their file names: `shopper-2-order.graphql`. */
export function readTabs(): Map<string, string[]> {
  const tabs = new Map<string, string[]>();
  for (const file of readdirSync(TABS_FOLDER).sort()) {
    const persona = file.split('-')[0] ?? file;
    const text = readFileSync(TABS_FOLDER + file, 'utf8');
    tabs.set(persona, [...(tabs.get(persona) ?? []), text]);
  }
  return tabs;
}
