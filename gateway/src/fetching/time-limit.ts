/** The subgraph did not answer in the time it had. */
export class FetchTimedOut extends Error {
  override readonly name = 'FetchTimedOut';

  constructor(readonly millis: number) {
    super(`no answer within ${Math.round(millis)} ms`);
  }
}

/** @throws {FetchTimedOut} when the work takes longer; what it answers then is ignored */
export function withinTime<Result>(millis: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new FetchTimedOut(millis)), millis);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
