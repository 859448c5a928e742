export enum UploadPurpose {
  PRODUCT = 'PRODUCT',
  PROFILE = 'PROFILE',
  REVIEW = 'REVIEW',
  BRAND = 'BRAND',
  IMPORT = 'IMPORT',
}

export enum UploadStatus {
  OPEN = 'OPEN',
  RECEIVED = 'RECEIVED',
  COMPLETED = 'COMPLETED',
}

/** What is known of a file's content once it has been checked. */
export type StoredFile = {
  readonly contentHash: string;
  /** In bytes. */
  readonly fileSize: bigint;
  readonly width: number | null;
  readonly height: number | null;
  readonly dominantColor: string | null;
};

/** A file on its way to us: announced, then received, then an asset. */
export type Upload = {
  readonly id: string;
  readonly ownerId: string;
  readonly purpose: UploadPurpose;
  readonly fileName: string;
  readonly mimeType: string;
  /** How long it was said to be. */
  readonly bytes: number;
  /** What its SHA-256 was said to be, in hex. */
  readonly sha256: string | null;
  readonly status: UploadStatus;
  /** What was kept of it; `null` until it has been received. */
  readonly stored: StoredFile | null;
  readonly assetId: string | null;
  /** Until when it may be sent. */
  readonly expiresAt: Date;
  readonly createdAt: Date;
};

/** How long a file may take from its announcement to its last byte. */
export const SEND_WITHIN_MILLIS = 15 * 60_000; // fifteen minutes

/** How often sending one file may be tried. */
export const MOST_ATTEMPTS = 5;

/** How many files one person may have announced and not sent. */
export const MOST_OPEN_UPLOADS = 100;

/** Who may upload for what: everyone for themselves, those who sell for products, staff for the shop. */
export function mayUploadFor(
  purpose: UploadPurpose,
  viewer: { isSeller: boolean; isStaff: boolean },
): boolean {
  switch (purpose) {
    case UploadPurpose.PROFILE:
    case UploadPurpose.REVIEW:
      return true;
    case UploadPurpose.PRODUCT:
      return viewer.isSeller || viewer.isStaff;
    case UploadPurpose.BRAND:
    case UploadPurpose.IMPORT:
      return viewer.isStaff;
  }
}

/** Files for an import are the shop's own business; everything else is uploaded to be seen. */
export function isForEveryone(purpose: UploadPurpose): boolean {
  return purpose !== UploadPurpose.IMPORT;
}
