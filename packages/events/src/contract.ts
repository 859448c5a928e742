import { newId } from '@storegraph/ids';
import { currentCorrelationId } from '@storegraph/observability';
import type { z } from 'zod';
import { InvalidEvent } from './errors.js';

/** One fact that happened in a domain. Plain JSON: it crosses process boundaries unchanged. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  /** Names this occurrence; consumers recognise a second delivery by it. */
  readonly id: string;
  /** Owner's noun and past tense, `order.placed`. */
  readonly type: Type;
  /** The kind of thing it happened to, `order`. With `aggregateId` it names the order of delivery. */
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly data: Data;
  /** The request that caused it, or the event's own id when no request did. */
  readonly correlationId: string;
  /** ISO 8601 in UTC, milliseconds. */
  readonly occurredAt: string;
  /** The work that published it, when that was traced (W3C Trace Context). Set by `publish`. */
  readonly traceparent?: string;
}

export interface EventContract<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  /**
   * Builds an event that satisfies the contract; it is not sent until `publish` writes it.
   *
   * @throws {InvalidEvent} when `data` does not satisfy the schema
   */
  (input: { aggregateId: string; data: z.input<Schema> }): DomainEvent<Type, z.output<Schema>>;
  readonly type: Type;
  /** The domain that publishes it, and the only one that may. */
  readonly owner: string;
  readonly aggregateType: string;
  readonly schema: Schema;
  /**
   * The received event with its data checked; unknown fields are dropped, so an owner may add fields first.
   *
   * @throws {InvalidEvent} when `data` does not satisfy the schema
   */
  parse(event: DomainEvent): DomainEvent<Type, z.output<Schema>>;
}

/** The event a contract builds: `EventOf<typeof orderPlaced>`. */
export type EventOf<Contract> =
  Contract extends EventContract<infer Type, infer Schema> ? DomainEvent<Type, z.output<Schema>> : never;

/**
 * Declares an event. The aggregate is the noun before the dot; events of one aggregate are delivered in the order
 * they were published, whatever their type.
 */
export function defineEvent<const Type extends `${string}.${string}`, Schema extends z.ZodType>(definition: {
  type: Type;
  owner: string;
  schema: Schema;
}): EventContract<Type, Schema> {
  const { type, owner, schema } = definition;
  const aggregateType = type.slice(0, type.indexOf('.'));

  function check(data: unknown): z.output<Schema> {
    const result = schema.safeParse(data);
    if (!result.success) throw new InvalidEvent(type, { cause: result.error });
    return result.data;
  }

  function build(input: { aggregateId: string; data: z.input<Schema> }): DomainEvent<Type, z.output<Schema>> {
    const id = newId('event');
    return {
      id,
      type,
      aggregateType,
      aggregateId: input.aggregateId,
      data: check(input.data),
      correlationId: currentCorrelationId() ?? id,
      occurredAt: new Date().toISOString(),
    };
  }

  function parse(event: DomainEvent): DomainEvent<Type, z.output<Schema>> {
    return { ...event, type, data: check(event.data) };
  }

  return Object.assign(build, { type, owner, aggregateType, schema, parse });
}
