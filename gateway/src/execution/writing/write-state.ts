import { GraphQLError } from 'graphql';
import type { AnswerPath } from '../steps/entity-path.js';

/**
 * Text of a value. `null`: there is none, which is an error where the type forbids it. `undefined`: there is none, and
 * the error has been told.
 */
export type Written = string | null | undefined;
export type WriteValue = (value: unknown, state: WriteState) => Written;

/** A place where the answer has `null` though nobody said why: `code` tells. */
type Gap = { readonly code: string; readonly message: string; readonly steps: (string | number)[] };

const GONE = { code: 'NOT_FOUND', message: 'This is gone.' };

/** What one run of a writer remembers: gaps, and texts of lists that several objects share. */
export class WriteState {
  readonly #gaps: Gap[] = [];
  readonly #shares: boolean;
  readonly #texts = new Map<unknown, { item: WriteValue; text: string }>();
  readonly #told = new Set<unknown>();

  /**
   * @param variables the client's, for introspection
   * @param options.shares whether equal entities were fetched once, so that lists may come again
   */
  constructor(
    readonly variables: Readonly<Record<string, unknown>>,
    options: { shares: boolean },
  ) {
    this.#shares = options.shares;
  }

  /** How many gaps were met so far. */
  get gaps(): number {
    return this.#gaps.length;
  }

  /** Notes a gap at the present place; callers add the steps to it while they return. */
  gap({ code, message }: { code: string; message: string } = GONE): void {
    this.#gaps.push({ code, message, steps: [] });
  }

  /** The same for the first time only, as `reason` goes. */
  gapOnce(reason: { code: string; message: string }): void {
    if (this.#told.has(reason)) return;
    this.#told.add(reason);
    this.gap(reason);
  }

  /** All gaps since the `from`th are below this step. */
  within(from: number, step: string | number): void {
    for (let index = from; index < this.#gaps.length; index += 1) this.#gaps[index]?.steps.push(step);
  }

  textOf(list: unknown, item: WriteValue): string | undefined {
    if (!this.#shares) return undefined;
    const known = this.#texts.get(list);
    return known?.item === item ? known.text : undefined;
  }

  remember(list: unknown, item: WriteValue, text: string): void {
    if (this.#shares) this.#texts.set(list, { item, text });
  }

  /** Errors for values that are gone, and for those that are withheld. */
  errors(): { gone: GraphQLError[]; withheld: GraphQLError[] } {
    const errors = this.#gaps.map(({ code, message, steps }) => {
      const path: AnswerPath = steps.toReversed();
      return { code, error: new GraphQLError(message, { path, extensions: { code } }) };
    });
    return {
      gone: errors.filter(({ code }) => code === GONE.code).map(({ error }) => error),
      withheld: errors.filter(({ code }) => code !== GONE.code).map(({ error }) => error),
    };
  }
}
