/**
 * The part of the Compose Specification this project uses, as JSON Schema. Stricter than the specification
 * on purpose: an element we do not use is as wrong as a misspelt one. Section names are those of the
 * specification (compose-spec/compose-spec, 05-services.md, 06-networks.md, 07-volumes.md, 08-build.md).
 */

/** "Specifying durations": a number with a unit, units from microseconds to hours. */
const duration = { type: 'string', pattern: '^(\\d+(us|ms|s|m|h))+$' };

/** Service and volume names: `[a-zA-Z0-9._-]+`. */
const NAME = '^[a-zA-Z0-9._-]+$';

/** A list of words; "command" and "healthcheck.test" also allow one string, which needs a shell we lack. */
const words = { type: 'array', minItems: 1, items: { type: 'string' } };

/** "environment", "args", map syntax: values are text, numbers or null, booleans must be quoted. */
const environment = {
  type: 'object',
  propertyNames: { pattern: '^[A-Z][A-Z0-9_]*$' },
  additionalProperties: { type: ['string', 'number', 'null'] },
};

/** "depends_on", long syntax. */
const dependsOn = {
  type: 'object',
  propertyNames: { pattern: NAME },
  additionalProperties: {
    type: 'object',
    required: ['condition'],
    additionalProperties: false,
    properties: {
      condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
    },
  },
};

/** "healthcheck": `test` as a list starts with CMD, CMD-SHELL or NONE. */
const healthcheck = {
  type: 'object',
  required: ['test'],
  additionalProperties: false,
  properties: {
    test: {
      ...words,
      minItems: 2,
      items: [{ enum: ['CMD', 'CMD-SHELL'] }],
      additionalItems: { type: 'string' },
    },
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: { type: 'integer', minimum: 1 },
  },
};

/** "build": context, Dockerfile arguments, stage. */
const build = {
  type: 'object',
  required: ['context'],
  additionalProperties: false,
  properties: { context: { type: 'string' }, args: environment, target: { type: 'string' } },
};

const service = {
  type: 'object',
  required: ['image'],
  additionalProperties: false,
  properties: {
    image: { type: 'string', pattern: '^[a-z0-9._/-]+(:[\\w.-]+)?$' },
    build,
    command: words,
    environment,
    depends_on: dependsOn,
    healthcheck,
    // "ports", short syntax: [HOST:]CONTAINER[/PROTOCOL], quoted so that YAML does not read base 60.
    ports: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', pattern: '^([\\d.]+:)?\\d+:\\d+(/(tcp|udp))?$' },
    },
    expose: { type: 'array', uniqueItems: true, items: { type: 'string', pattern: '^\\d+(/(tcp|udp))?$' } },
    // "volumes", short syntax: VOLUME:CONTAINER_PATH[:ACCESS_MODE].
    volumes: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', pattern: '^[^:]+:/[^:]+(:(ro|rw))?$' },
    },
    tmpfs: { type: 'array', items: { type: 'string', pattern: '^/' } },
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    init: { type: 'boolean' },
    read_only: { type: 'boolean' },
    cap_drop: { type: 'array', uniqueItems: true, items: { type: 'string' } },
    security_opt: { type: 'array', uniqueItems: true, items: { type: 'string' } },
    stop_grace_period: duration,
  },
};

export const composeSchema = {
  type: 'object',
  required: ['name', 'services'],
  additionalProperties: false,
  // "Extension": anything under a key that starts with x- is ours.
  patternProperties: { '^x-': {} },
  properties: {
    // "Name top-level element": lower case letters, digits, dashes and underscores.
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', propertyNames: { pattern: NAME }, additionalProperties: service },
    // "Volumes top-level element": an empty entry takes the engine's defaults.
    volumes: { type: 'object', propertyNames: { pattern: NAME }, additionalProperties: { type: 'null' } },
  },
};
