import { pino, type Logger as PinoLogger } from 'pino';
import { currentCorrelationId } from './correlation.js';

export type Logger = PinoLogger;

const SECRETS = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'proof',
  '*.password',
  '*.token',
  '*.authorization',
];

const root = pino({
  level: 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: SECRETS, censor: '[redacted]' },
  formatters: { level: (label) => ({ level: label }) },
  mixin: () => {
    const correlationId = currentCorrelationId();
    return correlationId ? { correlationId } : {};
  },
});

const children = new Set<Logger>();

/** A JSON logger whose every line carries the service's name and the current correlation id. */
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
