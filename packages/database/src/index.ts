export { openPool, type PoolOptions, type StatementKind, type StatementTrace } from './pool.js';
export { createPrismaAdapter } from './prisma-adapter.js';
export { migrate, type AppliedMigration, type MigrateOptions } from './migrate.js';
export { ensureDatabase, dropDatabase } from './databases.js';
export { databaseUrl } from './database-url.js';
export type { DatabaseLog } from './log.js';
export {
  DatabaseError,
  DatabaseUrlInvalid,
  DataDirectoryInvalid,
  DataVersionMismatch,
  MigrationChanged,
  MigrationFailed,
  MigrationFolderInvalid,
  MigrationLockTimeout,
  MigrationUnfinished,
  PlatformUnsupported,
  PortInUse,
  PostgresStartFailed,
  type DatabaseErrorCode,
} from './errors.js';
export type { Pool, PoolClient } from 'pg';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/start-embedded-postgres.js';
