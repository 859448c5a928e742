import type { BlobsConfig } from '../config.js';
import type { BlobStore } from './blob-store.js';
import { openDiskBlobs } from './disk-blobs.store.js';
import { openS3Blobs } from './s3-blobs.client.js';

/** Opens the store the settings name. */
export function openBlobs(config: BlobsConfig): Promise<BlobStore> {
  return config.kind === 'disk' ? openDiskBlobs(config.folder) : openS3Blobs(config);
}
