import { AssetKind } from '../assets/asset.js';
import { UploadPurpose } from './upload.js';

/** A type of file people may upload. */
export type AcceptedType = {
  readonly mimeType: string;
  readonly kind: AssetKind;
  readonly extension: string;
  readonly maxBytes: number;
  /** What else a file of this type may look like from its first bytes. */
  readonly looksLike: readonly string[];
};

const MEGABYTE = 1_024 * 1_024;

/** The shop's own drawings only: from anyone else it is refused, as it can carry scripts. */
export const SVG = 'image/svg+xml';

/** Has no first bytes to know it by; it must be text. */
export const CSV = 'text/csv';

const type = (
  mimeType: string,
  given: { kind: AssetKind; extension: string; megabytes: number; looksLike?: readonly string[] },
): AcceptedType => ({
  mimeType,
  kind: given.kind,
  extension: given.extension,
  maxBytes: given.megabytes * MEGABYTE,
  looksLike: given.looksLike ?? [mimeType],
});

const image = (extension: string, subtype = extension, looksLike?: readonly string[]) =>
  type(`image/${subtype}`, { kind: AssetKind.IMAGE, extension, megabytes: 20, looksLike });

const IMAGES = [
  image('jpg', 'jpeg'),
  image('png', 'png', ['image/png', 'image/apng']),
  image('webp'),
  image('avif'),
  image('gif'),
];

const PRODUCT_FILES = [
  type('video/mp4', {
    kind: AssetKind.VIDEO,
    extension: 'mp4',
    megabytes: 100,
    looksLike: ['video/mp4', 'video/x-m4v'],
  }),
  type('video/webm', { kind: AssetKind.VIDEO, extension: 'webm', megabytes: 100 }),
  type('model/gltf-binary', { kind: AssetKind.MODEL, extension: 'glb', megabytes: 50 }),
  type('image/ktx', { kind: AssetKind.TEXTURE, extension: 'ktx', megabytes: 20 }),
  type('application/pdf', { kind: AssetKind.DOCUMENT, extension: 'pdf', megabytes: 20 }),
];

const IMPORT_FILES = [type(CSV, { kind: AssetKind.DOCUMENT, extension: 'csv', megabytes: 50 })];

const BY_PURPOSE: Readonly<Record<UploadPurpose, readonly AcceptedType[]>> = {
  [UploadPurpose.PRODUCT]: [...IMAGES, ...PRODUCT_FILES],
  [UploadPurpose.PROFILE]: IMAGES,
  [UploadPurpose.REVIEW]: IMAGES,
  [UploadPurpose.BRAND]: IMAGES,
  [UploadPurpose.IMPORT]: [...IMAGES, ...IMPORT_FILES],
};

const EXTENSIONS = new Map(
  [...IMAGES, ...PRODUCT_FILES, ...IMPORT_FILES].map(({ mimeType, extension }) => [mimeType, extension]),
);

/** How files of a type are taken for a purpose; `null` when they are not. */
export function acceptedType(purpose: UploadPurpose, mimeType: string): AcceptedType | null {
  return BY_PURPOSE[purpose].find((accepted) => accepted.mimeType === mimeType) ?? null;
}

/** The ending of file names of a type, without the dot. */
export function extensionOf(mimeType: string): string {
  return EXTENSIONS.get(mimeType) ?? 'bin';
}
