export { currentCorrelationId, newCorrelationId, withCorrelation } from './correlation.js';
export { createLogger, setLogLevel } from './logger.js';
export type { Logger } from './logger.js';
export { counter, gauge, histogram, metricsText } from './metrics.js';
