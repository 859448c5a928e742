/** The variables of one request, as the client sent them: nobody has checked their types yet. */
export type Variables = Readonly<Record<string, unknown>>;

type Step = { readonly step: number };

/** A number known beforehand, or a step of the formula that waits for variables. */
export type Amount = number | Step;

type Compute = (done: readonly number[], variables: Variables) => number;

/**
 * A formula over the variables of an operation, written once and worked out for each request. Its steps run in the order
 * they were added, each once, however often the others refer to it; what does not depend on a variable is a number already.
 */
export function createFormula() {
  const steps: Compute[] = [];

  const step = (compute: Compute): Step => ({ step: steps.push(compute) - 1 });

  return {
    /** Reads something off the variables. */
    given: (read: (variables: Variables) => number): Amount => step((_, variables) => read(variables)),

    sum(amounts: readonly Amount[]): Amount {
      const { known, waiting } = sorted(amounts);
      const constant = known.reduce((total, amount) => total + amount, 0);
      if (waiting.length === 0) return constant;
      if (waiting.length === 1 && constant === 0) return waiting[0]!;
      return step((done) => waiting.reduce((total, one) => total + done[one.step]!, constant));
    },

    largest(amounts: readonly Amount[]): Amount {
      const { known, waiting } = sorted(amounts);
      const constant = Math.max(0, ...known);
      if (waiting.length === 0) return constant;
      return step((done) => Math.max(constant, ...waiting.map((one) => done[one.step]!)));
    },

    times(size: Amount, amount: Amount): Amount {
      if (typeof size === 'number' && typeof amount === 'number') return product(size, amount);
      if (size === 0 || amount === 0) return 0;
      return step((done) => product(valueOf(size, done), valueOf(amount, done)));
    },

    /** The amount where a condition on the variables holds, else nothing. */
    when(holds: (variables: Variables) => boolean, amount: Amount): Amount {
      if (amount === 0) return 0;
      return step((done, variables) => (holds(variables) ? valueOf(amount, done) : 0));
    },

    /** The finished formula for one of its amounts. */
    solve(amount: Amount): (variables: Variables) => number {
      if (typeof amount === 'number') return () => amount;
      return (variables) => {
        const done: number[] = [];
        for (const compute of steps) done.push(compute(done, variables));
        return done[amount.step]!;
      };
    },
  };
}

export type Formula = ReturnType<typeof createFormula>;

function sorted(amounts: readonly Amount[]): { known: number[]; waiting: Step[] } {
  const known: number[] = [];
  const waiting: Step[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known.push(amount);
    else waiting.push(amount);
  }
  return { known, waiting };
}

function valueOf(amount: Amount, done: readonly number[]): number {
  return typeof amount === 'number' ? amount : done[amount.step]!;
}

/** No items of a thing cost nothing, even where one of them would cost more than can be counted. */
function product(size: number, amount: number): number {
  return size === 0 || amount === 0 ? 0 : size * amount;
}
