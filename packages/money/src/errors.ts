/** Two amounts of different currencies met in one operation. */
export class CurrencyMismatch extends Error {
  override readonly name = 'CurrencyMismatch';

  constructor(
    readonly left: string,
    readonly right: string,
  ) {
    super(`cannot combine ${left} with ${right}`);
  }
}

/** Text that is not an exact decimal amount in the currency's minor units. */
export class InvalidAmount extends Error {
  override readonly name = 'InvalidAmount';

  constructor(
    readonly text: string,
    readonly reason: string,
  ) {
    super(`"${text}" is not an amount: ${reason}`);
  }
}
