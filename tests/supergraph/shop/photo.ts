import sharp from 'sharp';
import type { Shop } from './open-shop.js';
import { answerOf, type Answer, type Data, type Visitor } from './visitor.js';

const BEGIN = `mutation Begin($input: BeginUploadInput!) { beginUpload(input: $input) {
  ... on BeginUploadSuccess { upload { id method url headers { name value } } } ... on UserError { code message } } }`;
const COMPLETE = `mutation Complete($input: CompleteUploadInput!) { completeUpload(input: $input) {
  ... on CompleteUploadSuccess { asset { id url } } ... on UserError { code message } } }`;

/** A photo of one colour, as a camera would send it. */
export function photo(background: string): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** Uploads a photo for a purpose. @returns the asset */
export async function uploadPhoto(shop: Shop, visitor: Visitor, purpose: string): Promise<Data> {
  return upload(shop, visitor, { purpose, mimeType: 'image/jpeg', bytes: await photo('#2f6f5e') });
}

/** Uploads a file. @returns the asset */
export async function upload(
  shop: Shop,
  visitor: Visitor,
  { purpose, mimeType, bytes }: { purpose: string; mimeType: string; bytes: Buffer },
): Promise<Data> {
  const input = { fileName: 'mine', mimeType, bytes: bytes.length, purpose };
  const { upload: ticket } = (await visitor.must(BEGIN, { input })) as { upload: Data };
  const sent = await sendFile(shop, ticket, bytes);
  if (sent.status >= 300) throw new Error(sent.text);
  const { asset } = (await visitor.must(COMPLETE, { input: { uploadId: ticket['id'] } })) as { asset: Data };
  return asset;
}

/** Reviews a product with four stars and a photo. @returns the photo */
export async function reviewWithPhoto(shop: Shop, visitor: Visitor, productId: string): Promise<Data> {
  const asset = await uploadPhoto(shop, visitor, 'REVIEW');
  await visitor.must(
    `mutation Review($input: SubmitReviewInput!) { submitReview(input: $input) {
      ... on SubmitReviewSuccess { review { status } } ... on UserError { code message } } }`,
    { input: { productId, rating: 4, comment: 'Does what it should.', assetIds: [asset['id']] } },
  );
  return asset;
}

/** Sends a file where an upload or an import wants it. */
export async function sendFile(shop: Shop, ticket: Data, body: Buffer | string): Promise<Answer> {
  const address = new URL(String(ticket['url']));
  const headers = ((ticket['headers'] ?? []) as Data[]).map(({ name, value }) => [name, value] as const);
  return answerOf(
    await fetch(new URL(address.pathname + address.search, shop.url), {
      method: String(ticket['method'] ?? 'PUT'),
      body,
      headers: Object.fromEntries(headers) as Record<string, string>,
    }),
  );
}
