/** Stable codes of everything this package throws on purpose; `code` and `instanceof` both recognise an error. */
export type DatabaseErrorCode =
  | 'DATABASE_URL_INVALID'
  | 'MIGRATION_CHANGED'
  | 'MIGRATION_FAILED'
  | 'MIGRATION_UNFINISHED'
  | 'MIGRATION_FOLDER_INVALID'
  | 'MIGRATION_LOCK_TIMEOUT'
  | 'PORT_IN_USE'
  | 'DATA_VERSION_MISMATCH'
  | 'DATA_DIRECTORY_INVALID'
  | 'PLATFORM_UNSUPPORTED'
  | 'POSTGRES_START_FAILED';

/** Parent of every error thrown on purpose by `@storegraph/database`. */
export abstract class DatabaseError extends Error {
  abstract readonly code: DatabaseErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The connection string is not a `postgres://` URL, names no database, or the derived name is over 63 bytes. */
export class DatabaseUrlInvalid extends DatabaseError {
  readonly code = 'DATABASE_URL_INVALID';
}

/**
 * A migration file differs from what was applied under its name. Nothing was applied by this run: the
 * whole history is compared before the first statement.
 */
export class MigrationChanged extends DatabaseError {
  readonly code = 'MIGRATION_CHANGED';

  constructor(readonly migration: string) {
    super(
      `Migration "${migration}" was changed after it had been applied. ` +
        'Put its file back as it was and write the change as a new migration.',
    );
  }
}

/**
 * A migration's SQL was refused; `cause` is PostgreSQL's error. A migration in a transaction left nothing
 * behind; one marked `-- without transaction` may have, and stays recorded as unfinished. The migrations
 * before it stay applied.
 */
export class MigrationFailed extends DatabaseError {
  readonly code = 'MIGRATION_FAILED';

  constructor(
    readonly migration: string,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Migration "${migration}" failed: ${reason}`, { cause });
  }
}

/** An earlier run of this migration started and never finished; a person has to look. Nothing was applied by this run. */
export class MigrationUnfinished extends DatabaseError {
  readonly code = 'MIGRATION_UNFINISHED';

  constructor(
    readonly migration: string,
    readonly logs: string | null,
  ) {
    super(
      `Migration "${migration}" was started earlier and did not finish${logs ? ` (${logs})` : ''}. ` +
        `Undo what it left behind, then run "prisma migrate resolve --rolled-back ${migration}".`,
    );
  }
}

/** The migrations folder cannot be read, or one of its folders holds no `migration.sql`. */
export class MigrationFolderInvalid extends DatabaseError {
  readonly code = 'MIGRATION_FOLDER_INVALID';
}

/** Another process held the migration lock for the whole time this one was ready to wait. */
export class MigrationLockTimeout extends DatabaseError {
  readonly code = 'MIGRATION_LOCK_TIMEOUT';
}

/** The port asked for belongs to something else. Nothing was started. */
export class PortInUse extends DatabaseError {
  readonly code = 'PORT_IN_USE';

  constructor(
    readonly port: number,
    dataDir: string,
  ) {
    super(
      `Port ${port} is taken by another program, so the embedded PostgreSQL of ${dataDir} cannot listen on it. ` +
        'Stop that program, or set POSTGRES_PORT to a free port (leave it unset to let one be chosen), ' +
        'or set DATABASE_URL to use a PostgreSQL of your own.',
    );
  }
}

/** The data was written by another major version of PostgreSQL. It was not touched. */
export class DataVersionMismatch extends DatabaseError {
  readonly code = 'DATA_VERSION_MISMATCH';

  constructor(
    readonly dataDir: string,
    readonly versions: { found: string; expected: string },
  ) {
    super(
      `${dataDir} holds data of PostgreSQL ${versions.found}, but the embedded server is PostgreSQL ${versions.expected}. ` +
        'Move the folder away to start empty, or dump it with the old version and load the dump into the new one.',
    );
  }
}

/** The data directory exists, is not empty, and is no PostgreSQL cluster; or it cannot be written. It was not touched. */
export class DataDirectoryInvalid extends DatabaseError {
  readonly code = 'DATA_DIRECTORY_INVALID';
}

/** No embedded PostgreSQL is packaged (or installed) for this operating system and processor. */
export class PlatformUnsupported extends DatabaseError {
  readonly code = 'PLATFORM_UNSUPPORTED';
}

/** initdb or the server ended, or did not answer in time; the message carries the last lines it wrote. */
export class PostgresStartFailed extends DatabaseError {
  readonly code = 'POSTGRES_START_FAILED';
}
