/** The part of a structured logger (pino's signature) that this package writes to. */
export interface DatabaseLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The default where nobody asked to hear anything. */
export const silentLog: DatabaseLog = { info: () => undefined, warn: () => undefined };
