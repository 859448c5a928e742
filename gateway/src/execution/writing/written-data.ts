/**
 * The `data` of an answer as JSON text, written by a plan's own writer: nothing stringifies it again. Readers who need
 * the values pay for parsing.
 */
export class WrittenData {
  constructor(readonly json: string) {}

  /** Lets `JSON.stringify` answer the same as `json`. */
  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}
