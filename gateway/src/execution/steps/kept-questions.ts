import { entityErrors, type Failure } from './entity-errors.js';
import { about, receive, type Question } from './entity-question.js';
import { isObject } from '../join.js';
import type { EntityLookUp, EntityReader } from '../kept-entities.js';
import type { Entity, Fetch, RunState } from '../plan-run.js';

/** What a subgraph said to some questions. */
export type Reply = Failure & {
  /** By question and representation; empty where the subgraph said nothing. */
  readonly entities: readonly (readonly unknown[])[];
};

/** Puts questions, one for each part, to the subgraph. */
export type Send = (questions: readonly Question[], fetch: Fetch) => Promise<Reply>;

/** What a question needs of the subgraph: all of it where nothing is kept. */
type Inquiry = { readonly whole: Question; readonly asked: Question; readonly lookUp: EntityLookUp | null };

type Asking = {
  readonly reader: EntityReader;
  readonly send: Send;
  /** Whether all who shop are told the same: they are told what nobody is told. */
  readonly isForAll: boolean;
};

/**
 * Answers questions from what is kept, and asks for the rest. What others are asking for already is waited for. Whoever
 * waited in vain asks again, and so does somebody where nobody is told nothing, or an error: they may be told more.
 */
export async function askKept(
  questions: readonly Question[],
  state: RunState,
  asking: Asking,
): Promise<void> {
  const { reader, send } = asking;
  const isAnonymous = asking.isForAll && reader.isShopper;
  const inquiries = questions.map((whole): Inquiry => {
    const { part, texts, values } = whole;
    const lookUp = part.recipe && reader.lookUp(part.recipe, { texts, values, variables: state.variables });
    return { whole, lookUp, asked: lookUp ? about(whole, lookUp.missing) : whole };
  });
  const asked = inquiries.map((inquiry) => inquiry.asked);
  const telling = tell(inquiries, () => send(asked, isAnonymous ? state.fetchAsNobody : state.fetch));
  for (const { whole, lookUp } of inquiries) if (lookUp) receiveTexts(whole, lookUp.texts);
  const waiting = inquiries.filter(({ lookUp }) => lookUp && lookUp.underWay.length > 0);
  const [{ reply, sound }] = await Promise.all([telling, ...waiting.map(({ lookUp }) => lookUp?.wait())]);

  const isDoubted = isAnonymous && reader.isKnown && !reply.isLost;
  if (!isDoubted) state.errors.push(...entityErrors(reply, asked, state));
  asked.forEach((question, index) => receive(question, (isDoubted ? sound : reply.entities)[index] ?? []));
  const again = inquiries.map(({ whole, lookUp }, index) => {
    const inVain = lookUp ? receiveLate(whole, lookUp) : [];
    const doubted = lookUp && isDoubted ? lookUp.missing.filter((_, place) => !sound[index]?.[place]) : [];
    return about(whole, [...inVain, ...doubted]);
  });
  const second = await send(again, state.fetch);
  state.errors.push(...entityErrors(second, again, state));
  again.forEach((question, index) => receive(question, second.entities[index] ?? []));
}

type Told = { readonly reply: Reply; readonly sound: readonly (readonly (Entity | undefined)[])[] };

/** Asks, and tells whoever waits, before anything is joined into what was said. */
async function tell(inquiries: readonly Inquiry[], ask: () => Promise<Reply>): Promise<Told> {
  let sound: Told['sound'] = [];
  try {
    const reply = await ask();
    sound = soundIn(reply, inquiries);
    return { reply, sound };
  } finally {
    inquiries.forEach(({ lookUp }, index) => lookUp?.tell(sound[index] ?? []));
  }
}

/** The entities nothing was wrong with; none when an error speaks of all. */
function soundIn({ entities, errors }: Reply, inquiries: readonly Inquiry[]): Told['sound'] {
  const flawed = new Map<unknown, Set<number>>(inquiries.map(({ whole }) => [whole.part.key, new Set()]));
  for (const { path: [key, index] = [] } of errors) {
    if (typeof index !== 'number' || !flawed.has(key)) return [];
    flawed.get(key)?.add(index);
  }
  return inquiries.map(({ whole }, index) =>
    (entities[index] ?? []).map((entity, place) =>
      isObject(entity) && !flawed.get(whole.part.key)?.has(place) ? entity : undefined,
    ),
  );
}

function receiveTexts(question: Question, texts: EntityLookUp['texts'], among = [...texts.keys()]): void {
  const known = among.filter((index) => texts[index] !== undefined);
  if (known.length === 0) return;
  // Read as one: that costs much less than one by one.
  const entities = JSON.parse(`[${known.map((index) => texts[index]).join()}]`) as unknown[];
  receive(known.length === texts.length ? question : about(question, known), entities);
}

/** Receives what others were told. @returns where they were told nothing of use */
function receiveLate(question: Question, { texts, underWay }: EntityLookUp): number[] {
  receiveTexts(question, texts, [...underWay]);
  return underWay.filter((index) => texts[index] === undefined);
}
