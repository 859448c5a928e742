import type { ContestantName } from '../contestants/contestant.js';
import type { QuestionName } from '../graph/questions.js';
import type { Variety } from '../load/slot.js';

/** How one contestant has to compare to another. */
export type Target = {
  readonly text: string;
  readonly ours: ContestantName;
  readonly peer: ContestantName;
  readonly question: QuestionName;
  /** The peer's CPU divided by ours is at least this: 4.5 for "4.5 times less", 1 / 1.3 for "at most 1.3 times more". */
  readonly atLeast: number;
  /** The only variety it is about: what was kept answers nobody who asks something else. */
  readonly variety?: Variety;
};

const NO_MORE_THAN = (times: number) => 1 / times;

export const TARGETS: readonly Target[] = [
  ...overNetwork('storegraph-http', 'over HTTP'),
  ...overNetwork('storegraph-unix', 'over Unix sockets'),
  ...inProcess('heavy'),
  ...inProcess('light'),
  {
    text: 'a list that was kept, against Fastify and its bytes',
    ours: 'storegraph-cached',
    peer: 'fastify-bytes',
    question: 'list',
    atLeast: NO_MORE_THAN(5),
    variety: 'identical',
  },
];

function overNetwork(ours: ContestantName, how: string): Target[] {
  return [
    { text: `heavy, ${how}, against stock`, ours, peer: 'stock-http', question: 'heavy', atLeast: 4.5 },
    { text: `light, ${how}, against stock`, ours, peer: 'stock-http', question: 'light', atLeast: 6 },
    {
      text: `heavy, ${how}, against Hive, Rust`,
      ours,
      peer: 'hive-rust-http',
      question: 'heavy',
      atLeast: 1,
    },
    {
      text: `light, ${how}, against Hive, Rust`,
      ours,
      peer: 'hive-rust-http',
      question: 'light',
      atLeast: 1,
    },
  ];
}

function inProcess(question: QuestionName): Target[] {
  const ours = 'storegraph-in-process';
  const text = `${question}, in process, against`;
  return [
    { text: `${text} stock over HTTP`, ours, peer: 'stock-http', question, atLeast: 6 },
    { text: `${text} stock in process`, ours, peer: 'stock-in-process', question, atLeast: 6 },
    { text: `${text} the monolith`, ours, peer: 'monolith', question, atLeast: NO_MORE_THAN(1.3) },
  ];
}
