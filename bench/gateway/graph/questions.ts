export const QUESTION_NAMES = ['heavy', 'light', 'list'] as const;
export type QuestionName = (typeof QUESTION_NAMES)[number];

/** A query that is asked over and over. */
export type Question = {
  readonly name: QuestionName;
  readonly title: string;
  readonly document: string;
  /** Variables that take a number larger than any in the data, whatever it is: the answer does not change with it. */
  readonly bounds: readonly string[];
};

/** Larger than any price and any day in the data. */
const BEYOND_ALL = 1_000_000;

const HEAVY = `
  query Heavy($joinedBefore: Int, $cheaperThan: Int) {
    users(joinedBefore: $joinedBefore) {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
        }
      }
    }
    topProducts(cheaperThan: $cheaperThan) {
      ...Product
      reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
    }
  }
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { upc name price weight inStock shippingEstimate }
`;

const LIGHT = `
  query Light($cheaperThan: Int) { topProducts(first: 3, cheaperThan: $cheaperThan) { upc name price weight } }
`;

const LIST = `
  query List($cheaperThan: Int) { topProducts(first: 24, cheaperThan: $cheaperThan) { upc name price weight } }
`;

export const QUESTIONS: Readonly<Record<QuestionName, Question>> = {
  heavy: {
    name: 'heavy',
    title: 'users → reviews → product → reviews → author',
    document: compact(HEAVY),
    bounds: ['joinedBefore', 'cheaperThan'],
  },
  light: {
    name: 'light',
    title: 'three products',
    document: compact(LIGHT),
    bounds: ['cheaperThan'],
  },
  list: {
    name: 'list',
    title: 'a page of 24 products',
    document: compact(LIST),
    bounds: ['cheaperThan'],
  },
};

/**
 * The body of a request (GraphQL over HTTP).
 *
 * @param number the same for requests that shall be equal, another for each that shall differ from all others
 */
export function requestBody({ document, bounds }: Question, number: number): string {
  const variables = Object.fromEntries(bounds.map((name) => [name, BEYOND_ALL + number]));
  return JSON.stringify({ query: document, variables });
}

function compact(document: string): string {
  return document.replace(/\s+/g, ' ').trim();
}
