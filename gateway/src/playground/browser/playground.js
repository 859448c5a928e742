import { overSocket } from './live.js';
import { choosePersona, chosenPersona, isStale, putHeaders, signIn, storageOf } from './sessions.js';

const settings = JSON.parse(document.getElementById('settings').textContent);
const endpoint = new URL(settings.endpoint, location.href);
const socketUrl = new URL(settings.endpoint, location.href);
socketUrl.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
const persona = settings.personas.find(({ name }) => name === chosenPersona()) ?? settings.personas[0];

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => new URL(`${label}.js`, import.meta.url).href,
};

/** Queries and mutations over HTTP, subscriptions over a socket, with the headers of the tab. */
function fetcher(payload, { headers = {}, documentAST } = {}) {
  const operations = documentAST?.definitions.filter(({ kind }) => kind === 'OperationDefinition') ?? [];
  const chosen =
    operations.find(({ name }) => name?.value === payload.operationName) ??
    (operations.length === 1 ? operations[0] : null);
  if (chosen?.operation === 'subscription') {
    const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
    return overSocket(socketUrl, { payload, authorization: given?.[1] });
  }
  return fetch(endpoint, {
    method: 'POST',
    // The schema is the same for all, and must load although the tab's token has run out.
    headers: { 'content-type': 'application/json', ...(isIntrospection(payload) ? {} : headers) },
    body: JSON.stringify(payload),
  }).then((response) => response.json());
}

function isIntrospection({ operationName }) {
  return operationName === 'IntrospectionQuery';
}

function say(text, isProblem = false) {
  const status = document.getElementById('status');
  status.textContent = text;
  status.classList.toggle('problem', isProblem);
}

/** Signs in where there is somebody to sign in as, and starts again with that persona's tabs. */
async function actAs({ name, label, login }) {
  try {
    if (login) {
      say(`Signing in as ${label} …`);
      putHeaders(storageOf(name), await signIn(endpoint, login));
    }
    choosePersona(name);
    // Whatever the address says of the last persona's query must not become a tab of the next one.
    location.assign(location.pathname);
  } catch (error) {
    say(`${label}: ${error.message}`, true);
  }
}

function showPersonas() {
  const list = document.getElementById('personas');
  for (const one of settings.personas) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = one.login ? `Log in as ${one.label}` : one.label;
    button.title = one.login ? one.login.email : 'Without signing in';
    button.setAttribute('aria-pressed', String(one === persona));
    button.addEventListener('click', () => void actAs(one));
    list.append(button);
  }
}

/** Signs the persona in again when its token has run out since the last visit. */
async function renewToken(storage) {
  if (!persona.login || !isStale(storage.getItem('headers'))) return;
  try {
    putHeaders(storage, await signIn(endpoint, persona.login));
  } catch (error) {
    say(`${persona.label}: ${error.message}`, true);
  }
}

async function showGraphiql() {
  const storage = storageOf(persona.name);
  say(persona.login ? `${persona.label}: ${persona.login.email}` : `${persona.label}: not signed in`);
  await renewToken(storage);
  const headers = storage.getItem('headers') ?? '';
  self.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('playground'), {
    title: 'Storegraph',
    logo: ' ',
    fetcher,
    storage,
    shouldPersistHeaders: true,
    defaultHeaders: headers,
    defaultTabs: persona.tabs.map((query) => ({ query, headers })),
    onEditQuery: () => history.replaceState({}, '', location.pathname),
  });
}

showPersonas();
say('Loading …');
const script = document.createElement('script');
script.src = new URL('graphiql.js', import.meta.url).href;
script.addEventListener('load', () => void showGraphiql());
script.addEventListener('error', () => say('The playground could not be loaded.', true));
document.head.append(script);
