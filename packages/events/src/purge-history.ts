/** Purges remembered one by one. What is older counts as having purged everything. */
const REMEMBERED = 20_000;

/** Which tags were purged when, on a clock of its own that ticks with each purge. */
export class PurgeHistory {
  readonly #purgedAt = new Map<string, number>();
  #now = 0;
  /** Whatever was read before this may be stale. */
  #horizon = 0;

  get now(): number {
    return this.#now;
  }

  record(tags: readonly string[]): void {
    this.#now += 1;
    for (const tag of tags) {
      this.#purgedAt.delete(tag);
      this.#purgedAt.set(tag, this.#now);
    }
    for (const [tag, at] of this.#purgedAt) {
      if (this.#purgedAt.size <= REMEMBERED) break;
      this.#purgedAt.delete(tag);
      this.#horizon = at;
    }
  }

  recordAll(): void {
    this.#now += 1;
    this.#horizon = this.#now;
    this.#purgedAt.clear();
  }

  /** Whether nothing under these tags was purged since. */
  isCurrent(tags: readonly string[], since: number): boolean {
    return since >= this.#horizon && tags.every((tag) => (this.#purgedAt.get(tag) ?? 0) <= since);
  }
}
