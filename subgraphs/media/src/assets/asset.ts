export enum AssetKind {
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  MODEL = 'MODEL',
  TEXTURE = 'TEXTURE',
  ANIMATION = 'ANIMATION',
  DOCUMENT = 'DOCUMENT',
}

export enum AssetStatus {
  PENDING = 'PENDING',
  READY = 'READY',
  FAILED = 'FAILED',
}

/** A file of the shop as the domain thinks of it. */
export type Asset = {
  readonly id: string;
  readonly kind: AssetKind;
  readonly status: AssetStatus;
  /** Who uploaded it; `null` for the shop itself. */
  readonly ownerId: string | null;
  readonly isPublic: boolean;
  /** SHA-256 of the content, in hex; `null` while the file lies at `sourceUrl` only. */
  readonly contentHash: string | null;
  readonly mimeType: string | null;
  /** In bytes. */
  readonly fileSize: bigint | null;
  /** In pixels; so is the height. */
  readonly width: number | null;
  readonly height: number | null;
  /** Such as `#c0ffee`. */
  readonly dominantColor: string | null;
  readonly alt: string | null;
  /** Where an import found it. */
  readonly sourceUrl: string | null;
  readonly version: number;
  readonly createdAt: Date;
};

/** An asset with the plain strings the database has for its kind and status. */
export type AssetRow = Omit<Asset, 'kind' | 'status'> & { readonly kind: string; readonly status: string };

export function assetFrom<Row extends AssetRow>(row: Row): Row & Asset {
  return { ...row, kind: row.kind as AssetKind, status: row.status as AssetStatus };
}

/** Public files are everyone's; the others are seen by their owner and by staff. */
export function maySee(
  asset: Pick<Asset, 'isPublic' | 'ownerId'>,
  viewer: { id: string | null; isStaff: boolean },
): boolean {
  return asset.isPublic || viewer.isStaff || (asset.ownerId !== null && asset.ownerId === viewer.id);
}
