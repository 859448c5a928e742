import { pino, type Logger as PinoLogger, type LoggerOptions } from 'pino';
import { currentCorrelationId } from './correlation.js';
import { redact } from './redact.js';
import { currentSpan } from './tracing.js';

export type Logger = PinoLogger;

const BUFFERED_BYTES = 15_360; // 15 KiB: of at most 16 that leave in one write
const FLUSH_MILLIS = 100;

/** Lines leave together: a write for each costs more than the rest of a small request. The last ones leave at exit. */
const destination = pino.destination({ sync: false, minLength: BUFFERED_BYTES });
setInterval(() => destination.flush(), FLUSH_MILLIS).unref();
process.on('exit', () => destination.flushSync());

const options: LoggerOptions = {
  level: 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }), log: redact },
  // What `redact` made of an error is ready to be written.
  serializers: { err: (error: unknown) => error },
  mixin: () => {
    const correlationId = currentCorrelationId();
    const span = currentSpan();
    return {
      ...(correlationId ? { correlationId } : {}),
      ...(span ? { trace_id: span.traceId, span_id: span.spanId } : {}),
    };
  },
};

const root = pino(options, destination);

const children = new Set<Logger>();

/** A JSON logger whose every line carries the service's name and the current correlation id, and no secret. */
export function createLogger(service: string): Logger {
  const logger = root.child({ service });
  children.add(logger);
  return logger;
}

/**
 * The same logger for lines whose fields are all named by the code that writes them, none after a secret: nothing is
 * looked for in them. It costs half as much, which counts where every request writes one.
 */
export function withoutRedaction(logger: Logger): Logger {
  const plain = logger.child({}, { formatters: { log: (line) => line } });
  children.add(plain);
  return plain;
}

/** Sets the level of every logger of the process, made before or after. */
export function setLogLevel(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): void {
  root.level = level;
  for (const child of children) child.level = level;
}
