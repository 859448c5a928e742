/** Runs tasks of one lane one after the other and different lanes side by side, up to a limit of waiting tasks. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  #size = 0;
  #roomMade: () => void = () => undefined;

  constructor(private readonly limit: number) {}

  /** `task` must not reject. */
  add(lane: string, task: () => Promise<void>): void {
    this.#size += 1;
    const tail = (this.#tails.get(lane) ?? Promise.resolve()).then(task).finally(() => {
      this.#size -= 1;
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
      this.#roomMade();
    });
    this.#tails.set(lane, tail);
  }

  async room(): Promise<number> {
    while (this.#size >= this.limit) await new Promise<void>((resolve) => (this.#roomMade = resolve));
    return this.limit - this.#size;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#tails.values());
  }
}
