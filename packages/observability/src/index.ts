export { currentCorrelationId, newCorrelationId, withCorrelation } from './correlation.js';
export { createLogger, withoutRedaction, setLogLevel } from './logger.js';
export type { Logger } from './logger.js';
export {
  beforeScrape,
  counter,
  distribution,
  gauge,
  gaugeValues,
  histogram,
  metricsText,
} from './metrics.js';
export { startTracing } from './start-tracing.js';
export type { Tracing } from './start-tracing.js';
export { currentSpan, errorType, inSpan, isTracing, startSpan, traceHeaders, withinSpan } from './tracing.js';
export type { Attributes, Span, SpanStart } from './tracing.js';
