import { pino, type Logger as PinoLogger } from 'pino';
import { currentCorrelationId } from './correlation.js';
import { redact } from './redact.js';

export type Logger = PinoLogger;

const root = pino({
  level: 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }), log: redact },
  // What `redact` made of an error is ready to be written.
  serializers: { err: (error: unknown) => error },
  mixin: () => {
    const correlationId = currentCorrelationId();
    return correlationId ? { correlationId } : {};
  },
});

const children = new Set<Logger>();

/** A JSON logger whose every line carries the service's name and the current correlation id, and no secret. */
export function createLogger(service: string): Logger {
  const logger = root.child({ service });
  children.add(logger);
  return logger;
}

/** Sets the level of every logger of the process, made before or after. */
export function setLogLevel(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): void {
  root.level = level;
  for (const child of children) child.level = level;
}
