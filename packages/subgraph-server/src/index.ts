export { enforceAccess, requireUser } from './access.js';
export type { Policies, PolicyCheck, PolicyTarget } from './access.js';
export { defineSubgraph } from './definition.js';
export type { Given, Job, Routes, SubgraphDefinition } from './definition.js';
export {
  AssumedSize,
  Attempt,
  Authenticated,
  CacheControl,
  ConnectionSize,
  Cost,
  External,
  Inaccessible,
  Key,
  News,
  Policy,
  Public,
  RequiresScopes,
  Shareable,
  SlicedSize,
} from './directives.js';
export { mapEvents, once } from './event-stream.js';
export { createExecutor } from './executor.js';
export type { RequestContext } from './executor.js';
export { buildFederatedSchema } from './federation.js';
export type { FederatedSchema } from './federation.js';
export type { SubgraphLink, SubgraphRequest } from './link.js';
export { listen } from './listen.js';
export type { ListeningSubgraph } from './listen.js';
export { loadByArguments, loadMany, loadOne } from './loaders.js';
export { maskError } from './masking.js';
export { watchQuiet } from './quiet.js';
export { REFUSAL_CODES, isRefusalCode, refusal, refuse } from './refusal.js';
export type { RefusalCode } from './refusal.js';
export { createRemoteLink } from './remote-link.js';
export { readSubgraphAddress } from './subgraph-address.js';
export type { SubgraphAddress } from './subgraph-address.js';
export { SubgraphUnreachable } from './subgraph-unreachable.js';
export type { UnreachableReason } from './subgraph-unreachable.js';
export { runSubgraph } from './run.js';
export { BigIntText, CountryCode, CurrencyCode, DateTime, Decimal, Json, LocaleCode } from './scalars.js';
export { MoneyType, NodeType, toMoneyType } from './shared.type.js';
export { serviceSettings } from './service-config.js';
export type { ServiceSettings } from './service-config.js';
export { startSubgraph } from './start.js';
export { traceRequests } from './trace-requests.js';
export type { RunningSubgraph, Surroundings } from './start.js';
export {
  checkInput,
  conflict,
  defineUserErrors,
  invalidInput,
  notFound,
  resultUnion,
} from './user-error.type.js';
export type { Conflict, InvalidInput, NotFound } from './user-error.type.js';
