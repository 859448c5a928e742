import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { flag, parseEnv, secret } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

/** Where files are kept. */
export type BlobsConfig =
  | { readonly kind: 'disk'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /** Of a store that is not Amazon's own. */
      readonly endpoint: string | undefined;
      /** Absent, the SDK looks for credentials itself: role, profile, environment. */
      readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
      readonly forcePathStyle: boolean;
      /** In front of every key, such as `media/`; may be empty. */
      readonly keyPrefix: string;
    };

/** Settings of the media domain beyond those every service has. */
export type MediaConfig = {
  /** Where the public door is: upload addresses start with it. No slash at the end. */
  readonly publicUrl: string;
  /** What addresses of pictures start with: a CDN in front of the public door, or the door itself. */
  readonly cdnUrl: string;
  /** Keys that sign upload and private addresses: the current one first, then those being retired. */
  readonly uploadKeys: readonly [string, ...string[]];
  readonly blobs: BlobsConfig;
  /** Holds files while they are being received and checked; local to the machine. */
  readonly temporaryFolder: string;
  readonly externalImages: {
    /** Whether pictures an import names by address are fetched and kept here. */
    readonly isFetching: boolean;
    /** Whether addresses of private networks may be fetched from. Only for shops whose pictures lie in one. */
    readonly allowsPrivateNetworks: boolean;
  };
};

const mediaSettings = (nodeEnv: string | undefined) => ({
  PUBLIC_URL: z.url().default('http://localhost:4000'),
  CDN_URL: z.url().optional(),
  SERVICE_KEY: secret(nodeEnv),
  UPLOAD_KEY: z.string().min(32, 'expected at least 32 characters').optional(),
  MEDIA_FOLDER: z.string().default(join('.data', 'media')),
  MEDIA_TEMPORARY_FOLDER: z.string().default(join(tmpdir(), 'storegraph-media')),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag().default(false),
  S3_KEY_PREFIX: z.string().default(''),
  FETCH_EXTERNAL_IMAGES: flag().default(true),
  FETCH_FROM_PRIVATE_NETWORKS: flag().default(false),
});

type MediaSettings = z.infer<z.ZodObject<ReturnType<typeof mediaSettings>>>;

/** The settings of a media process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const settings = parseEnv('media', serviceSettings(4004, env['NODE_ENV']), env);
  return { settings, config: readMediaConfig(env) };
}

/**
 * The domain's own settings, for whoever runs it together with others.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function readMediaConfig(env: NodeJS.ProcessEnv): MediaConfig {
  return toConfig(parseEnv('media', mediaSettings(env['NODE_ENV']), env));
}

function toConfig(settings: MediaSettings): MediaConfig {
  const publicUrl = withoutSlash(settings.PUBLIC_URL);
  const keys = (settings.UPLOAD_KEY ?? settings.SERVICE_KEY).split(',');
  return {
    publicUrl,
    cdnUrl: settings.CDN_URL ? withoutSlash(settings.CDN_URL) : publicUrl,
    uploadKeys: keys as [string, ...string[]],
    blobs: blobsFrom(settings),
    temporaryFolder: resolve(settings.MEDIA_TEMPORARY_FOLDER),
    externalImages: {
      isFetching: settings.FETCH_EXTERNAL_IMAGES,
      allowsPrivateNetworks: settings.FETCH_FROM_PRIVATE_NETWORKS,
    },
  };
}

/** A bucket switches object storage on; without one files are kept in the folder. */
function blobsFrom(settings: MediaSettings): BlobsConfig {
  if (!settings.S3_BUCKET) return { kind: 'disk', folder: resolve(settings.MEDIA_FOLDER) };
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  return {
    kind: 's3',
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    endpoint: settings.S3_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    keyPrefix: settings.S3_KEY_PREFIX,
  };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');
