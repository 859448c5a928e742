import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { BlobsConfig } from '../config.js';
import { requireHash, type BlobStore } from './blob-store.js';

const MISSING = new Set(['NoSuchKey', 'NotFound']);

/**
 * Keeps files in a bucket of Amazon S3 or of anything that speaks its protocol. A missing bucket or wrong
 * credentials show at the first use, not here.
 */
export async function openS3Blobs(config: Extract<BlobsConfig, { kind: 's3' }>): Promise<BlobStore> {
  // Several megabytes of code that shops with a disk never load.
  const { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } =
    await import('@aws-sdk/client-s3');
  const { bucket, keyPrefix, region, endpoint, credentials, forcePathStyle } = config;
  const client = new S3Client({
    region,
    endpoint,
    credentials,
    forcePathStyle,
    // Trailing checksums are Amazon's own; other stores refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const at = (hash: string) => ({ Bucket: bucket, Key: `${keyPrefix}${requireHash(hash)}` });

  const sizeOf = async (hash: string) => {
    const head = await orNull(client.send(new HeadObjectCommand(at(hash))));
    return head && (head.ContentLength ?? 0);
  };

  return {
    sizeOf,
    async put(hash, source) {
      if ((await sizeOf(hash)) !== null) return;
      const [body, length] = Buffer.isBuffer(source)
        ? [source, source.length]
        : [createReadStream(source.path), (await stat(source.path)).size];
      await client.send(new PutObjectCommand({ ...at(hash), Body: body, ContentLength: length }));
    },
    async open(hash, range) {
      const bytes = range && `bytes=${range.start}-${range.end}`;
      const object = await orNull(client.send(new GetObjectCommand({ ...at(hash), Range: bytes })));
      return (object?.Body as Readable | undefined) ?? null;
    },
    async remove(hash) {
      await client.send(new DeleteObjectCommand(at(hash)));
    },
  };
}

async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && MISSING.has(error.name)) return null;
    throw error;
  }
}
