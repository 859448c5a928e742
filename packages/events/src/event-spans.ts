import type { SpanStart } from '@storegraph/observability';
import type { DomainEvent } from './contract.js';

/** OpenTelemetry's semantic conventions for messaging; the data of events stay out. */
export function sendingSpan(events: readonly DomainEvent[]): SpanStart {
  const types = [...new Set(events.map(({ type }) => type))];
  return {
    name: `send ${types.length === 1 ? types[0] : 'events'}`,
    kind: 'producer',
    attributes: {
      'messaging.system': 'storegraph',
      'messaging.operation.type': 'send',
      'messaging.destination.name': types.join(' '),
      'messaging.batch.message_count': events.length,
    },
  };
}

/** A domain reacts to an event, as part of the trace that published it. */
export function handlingSpan(
  consumer: string,
  { id, type, correlationId, traceparent }: DomainEvent,
): SpanStart {
  return {
    name: `process ${type}`,
    kind: 'consumer',
    parent: traceparent,
    attributes: {
      'messaging.system': 'storegraph',
      'messaging.operation.type': 'process',
      'messaging.destination.name': type,
      'messaging.consumer.group.name': consumer,
      'messaging.message.id': id,
      'messaging.message.conversation_id': correlationId,
    },
  };
}
