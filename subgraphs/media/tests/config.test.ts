import { describe, expect, it } from 'vitest';
import { readMediaConfig } from '../src/config.js';

const KEY = 'a-service-key-of-more-than-32-letters';

describe('the settings of media', () => {
  it('need nothing but what every service has', () => {
    const config = readMediaConfig({
      SERVICE_KEY: KEY,
      PUBLIC_URL: 'https://shop.example/',
      MEDIA_FOLDER: '/files',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://shop.example',
      cdnUrl: 'https://shop.example',
      uploadKeys: [KEY],
      blobs: { kind: 'disk', folder: '/files' },
      externalImages: { isFetching: true, allowsPrivateNetworks: false },
    });
  });

  it('name a bucket to switch object storage on', () => {
    const config = readMediaConfig({
      SERVICE_KEY: KEY,
      S3_BUCKET: 'pictures',
      S3_ENDPOINT: 'http://minio:9000',
      S3_FORCE_PATH_STYLE: 'true',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
      CDN_URL: 'https://cdn.example',
    });
    expect(config.blobs).toMatchObject({
      kind: 's3',
      bucket: 'pictures',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      forcePathStyle: true,
    });
    expect(config.cdnUrl).toBe('https://cdn.example');
  });

  it('refuse to start in production without a key of their own', () => {
    expect(() => readMediaConfig({ NODE_ENV: 'production' })).toThrow(/SERVICE_KEY/);
  });
});
