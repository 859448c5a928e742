const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    ... on LoginSuccess { accessToken accessExpiresAt }
    ... on UserError { message }
  }
}`;

const CHOSEN = 'storegraph:persona';

/** Who the playground acts as: one persona at a time, each with its own tabs and its own token. */
export const chosenPersona = () => localStorage.getItem(CHOSEN) ?? 'guest';

/** Acts as somebody from the next load on. */
export function choosePersona(name) {
  localStorage.setItem(CHOSEN, name);
}

/** GraphiQL's storage, apart for each persona. */
export function storageOf(persona) {
  const prefix = `storegraph:${persona}:`;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => localStorage.getItem(prefix + key),
    setItem: (key, value) => localStorage.setItem(prefix + key, value),
    removeItem: (key) => localStorage.removeItem(prefix + key),
    clear: () => keys().forEach((key) => localStorage.removeItem(key)),
    get length() {
      return keys().length;
    },
  };
}

/** Signs in by the graph's own mutation. @returns the headers that prove it */
export async function signIn(endpoint, { email, password }) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LOGIN, variables: { input: { email, password } } }),
  });
  const { data, errors } = await response.json();
  const token = data?.login?.accessToken;
  if (!token) throw new Error(errors?.[0]?.message ?? data?.login?.message ?? 'Signing in failed.');
  return JSON.stringify({ authorization: `Bearer ${token}` }, null, 2);
}

/** Whether the headers carry no token, or one that has run out or soon will. */
export function isStale(headers) {
  try {
    const [, claims] = JSON.parse(headers).authorization.split('.');
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
    return exp * 1_000 < Date.now() + 60_000;
  } catch {
    return true;
  }
}

/** Puts headers into every tab the persona has open, and into those it opens next. */
export function putHeaders(storage, headers) {
  storage.setItem('headers', headers);
  const stored = storage.getItem('graphiql:tabState');
  if (!stored) return;
  const state = JSON.parse(stored);
  for (const tab of state.tabs) tab.headers = headers;
  storage.setItem('graphiql:tabState', JSON.stringify(state));
  storage.setItem('graphiql:headers', headers);
}
