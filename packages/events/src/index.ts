export { defineEvent } from './contract.js';
export type { DomainEvent, EventContract, EventOf } from './contract.js';
export { sellerDecided, userErased, userRegistered, userRoleChanged } from './contracts/accounts.js';
export {
  brandSaved,
  categorySaved,
  imageRecorded,
  inventoryImported,
  priceChanged,
  productDeleted,
  productSaved,
} from './contracts/catalog.js';
export { assetDeleted, assetReady, brandLogoSet, productMediaSet } from './contracts/media.js';
export {
  orderCancelled,
  orderPaid,
  orderPlaced,
  orderRefunded,
  orderStatusChanged,
  stockChanged,
  stockLow,
} from './contracts/orders.js';
export { ratingChanged, reviewChanged, reviewPublished } from './contracts/reviews.js';
export { EVENT_TABLES_SQL } from './event-tables.js';
export { publish, republishSince } from './outbox.js';
export type { SqlTransaction } from './outbox.js';
export { startRelay } from './relay.js';
export type { Relay, RelayOptions } from './relay.js';
export { on } from './handlers.js';
export type { EventHandler, TransactionHost } from './handlers.js';
export { consume } from './consumer.js';
export type { Consumer, ConsumerOptions, RetryPolicy } from './consumer.js';
export type { HandlingOptions } from './handle-once.js';
export { openDeadLetters, replayDeadLetter } from './dead-letters.js';
export type { DeadLetter, ReplayOutcome } from './dead-letters.js';
export type { EventBus, EventSubscriber, EventSubscription } from './event-bus.js';
export { createInProcessBus } from './in-process-bus.js';
export type { InProcessBusOptions } from './in-process-bus.js';
export { createRedisStreamsBus } from './redis-streams-bus.js';
export type { RedisStreamsBusOptions } from './redis-streams-bus.js';
export { DEFAULT_QUEUE_LIMIT, eventTopic } from './pubsub.js';
export type { LiveSubscription, PubSub } from './pubsub.js';
export { follow } from './follow.js';
export { createInProcessPubSub } from './in-process-pubsub.js';
export { createRedisPubSub } from './redis-pubsub.js';
export { connectRedis, DEFAULT_PREFIX } from './redis-connection.js';
export type { RedisTransportOptions } from './redis-connection.js';
export { createInProcessCache } from './cache.js';
export type { Cache } from './cache.js';
export type { AnswerCache, KeptAnswer, LookUp, Moment } from './answer-cache.js';
export { createInProcessAnswerCache } from './in-process-answer-cache.js';
export type { InProcessAnswerCache } from './in-process-answer-cache.js';
export { createRedisAnswerCache } from './redis-answer-cache.js';
export { layerAnswerCaches } from './layered-answer-cache.js';
export { CHANGES_TOPIC } from './changes.js';
export type { Change } from './changes.js';
export { createRedisCache } from './redis-cache.js';
export { connectMessaging } from './messaging.js';
export type { Messaging, MessagingOptions } from './messaging.js';
export { ConsumerAway, InvalidEvent, SlowSubscriber } from './errors.js';
