import { Readable } from 'node:stream';
import { countSlowReader } from '../insight/watch-subscriptions.js';

/** What is said goes out at the reader's pace; one who leaves too much unread is cut off. */
export class EventStream extends Readable {
  #hasEnded = false;

  constructor(private readonly unreadBytes: number) {
    super({ read: () => undefined });
  }

  say(text: string): void {
    if (this.#hasEnded || this.destroyed) return;
    if (this.readableLength <= this.unreadBytes) return void this.push(text);
    countSlowReader('sse');
    this.destroy();
  }

  end(): void {
    if (this.#hasEnded || this.destroyed) return;
    this.#hasEnded = true;
    this.push(null);
  }
}
