import type { GraphQLFormattedError } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import { toAnswerError } from '../http/answer-errors.js';
import type { GraphqlParams } from '../http/graphql-params.js';
import { atTime } from './at-time.js';
import type { Sink } from './operations.js';
import {
  CLOSING,
  InvalidMessage,
  invalidMessage,
  readMessage,
  subscriberExists,
  type ClientMessage,
  type Closing,
} from './protocol.js';
import type { RealtimeLimits } from './realtime-limits.js';

/** The socket of a conversation. */
export type Peer = {
  send(text: string): void;
  /** Called once; nothing is sent afterwards. */
  close(closing: Closing): void;
};

/** Somebody who was let in, and until when that holds (epoch milliseconds; null: for ever). */
type AnyGuest = { readonly expiresAt: number | null };

/** What a conversation is about. */
export type Host<Guest extends AnyGuest> = {
  /** Who the parameters of `connection_init` speak of, or why they may not come in. Must not reject. */
  admit(params: Readonly<Record<string, unknown>>): Promise<{ guest: Guest } | { refused: Closing }>;
  /** Starts an operation; what it returns stops it. */
  start(guest: Guest, params: GraphqlParams, sink: Sink): () => void;
};

type Limits = Pick<RealtimeLimits, 'initWithinMillis' | 'operationsPerSocket'>;

type Phase<Guest> =
  | { readonly name: 'silent' | 'introducing' | 'over' }
  | { readonly name: 'acknowledged'; readonly guest: Guest };

/** One operation; an object of its own, since a client may use the id again as soon as it has completed it. */
type Operation = { stop: () => void };

/** The server's side of graphql-transport-ws on one socket, without the socket. */
export class Conversation<Guest extends AnyGuest> {
  readonly #operations = new Map<string, Operation>();
  #phase: Phase<Guest> = { name: 'silent' };
  #stopWaiting: () => void;

  constructor(
    private readonly peer: Peer,
    private readonly host: Host<Guest>,
    private readonly limits: Limits,
  ) {
    this.#stopWaiting = atTime(Date.now() + limits.initWithinMillis, () => this.close(CLOSING.initTimeout));
  }

  /** Takes what the client says. Who was told to go may go on talking for a while, unheard. */
  hear(text: string): void {
    if (this.#phase.name === 'over') return;
    try {
      this.#handle(readMessage(text));
    } catch (error) {
      if (!(error instanceof InvalidMessage)) throw error;
      this.close(invalidMessage(error.message));
    }
  }

  /** Ends it from this side: no operation says a word more. */
  close(closing: Closing): void {
    if (this.#phase.name === 'over') return;
    this.end();
    this.peer.close(closing);
  }

  /** The socket is gone. */
  end(): void {
    this.#phase = { name: 'over' };
    this.#stopWaiting();
    for (const { stop } of this.#operations.values()) stop();
    this.#operations.clear();
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'connection_init':
        void this.#introduce(message.payload ?? {});
        return;
      case 'ping':
        return this.peer.send(pongText(message.payload));
      case 'pong':
        return;
      case 'subscribe':
        return this.#subscribe(message.id, message.payload);
      case 'complete':
        this.#operations.get(message.id)?.stop();
        this.#operations.delete(message.id);
        return;
    }
  }

  async #introduce(params: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#phase.name !== 'silent') return this.close(CLOSING.tooManyInits);
    const introducing = { name: 'introducing' } as const;
    this.#phase = introducing;
    this.#stopWaiting();
    const admission = await this.host.admit(params);
    if (this.#phase !== introducing) return;
    if ('refused' in admission) return this.close(admission.refused);
    const { guest } = admission;
    this.#phase = { name: 'acknowledged', guest };
    if (guest.expiresAt !== null)
      this.#stopWaiting = atTime(guest.expiresAt, () => this.close(CLOSING.expired));
    this.peer.send('{"type":"connection_ack"}');
  }

  #subscribe(id: string, params: GraphqlParams): void {
    if (this.#phase.name !== 'acknowledged') return this.close(CLOSING.unauthorized);
    if (this.#operations.has(id)) return this.close(subscriberExists(id));
    const sink = this.#sinkFor(id);
    if (this.#operations.size >= this.limits.operationsPerSocket) return sink.refuse([tooMany(this.limits)]);
    const operation: Operation = { stop: () => undefined };
    this.#operations.set(id, operation);
    const stop = this.host.start(this.#phase.guest, params, sink);
    // A sink may end its operation, or a slow reader the whole conversation, before `start` returns.
    if (this.#operations.get(id) === operation) operation.stop = stop;
    else stop();
  }

  /** Where an operation's answers go; it hears nothing after the operation was stopped. */
  #sinkFor(id: string): Sink {
    const start = `{"id":${JSON.stringify(id)},"type":`;
    return {
      next: (answer) => this.peer.send(`${start}"next","payload":${answer}}`),
      refuse: (errors) => {
        this.#operations.delete(id);
        this.peer.send(`${start}"error","payload":${JSON.stringify(errors)}}`);
      },
      complete: () => {
        this.#operations.delete(id);
        this.peer.send(`${start}"complete"}`);
      },
    };
  }
}

function pongText(payload: Readonly<Record<string, unknown>> | null | undefined): string {
  return JSON.stringify({ type: 'pong', ...(payload ? { payload } : {}) });
}

function tooMany({ operationsPerSocket }: Limits): GraphQLFormattedError {
  const message = `A socket carries at most ${operationsPerSocket} operations at a time.`;
  return toAnswerError(refusal('RATE_LIMITED', message));
}
