import sharp from 'sharp';
import { TourFailed, type Answer, type Visitor } from './client.js';
import type { Journal } from './journal.js';

const PATIENCE_MILLIS = 20_000;
const FAILURE = '... on UserError { code message path }';
const BEGIN = `mutation Begin($input: BeginUploadInput!) { beginUpload(input: $input) {
  ... on BeginUploadSuccess { upload { id method url headers { name value } } } ${FAILURE} } }`;
const COMPLETE = `mutation Complete($input: CompleteUploadInput!) { completeUpload(input: $input) {
  ... on CompleteUploadSuccess { asset { id width height thumbnailUrl(width: 320) } } ${FAILURE} } }`;
const REVIEW = `mutation Review($input: SubmitReviewInput!) { submitReview(input: $input) {
  ... on SubmitReviewSuccess { review { id rating verifiedPurchase author { displayName } media { url } product { rating { average count } } } } ${FAILURE} } }`;

/** A verified buyer uploads a photo and says what they think. */
export async function reviewGoods(journal: Journal, shopper: Visitor, productId: string): Promise<void> {
  const asset = await journal.step('upload a photo', async () => {
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#2f6f5e' } })
      .jpeg()
      .toBuffer();
    const begun = await shopper.must(BEGIN, {
      input: { fileName: 'mine.jpg', mimeType: 'image/jpeg', bytes: photo.length, purpose: 'REVIEW' },
    });
    const { id, url, method, headers } = begun['upload'] as Answer;
    const address = new URL(String(url));
    const sent = await fetch(new URL(address.pathname + address.search, shopper.url), {
      method,
      body: photo,
      headers: Object.fromEntries(
        (headers as Answer[]).map(({ name, value }) => [name, value]) as [string, string][],
      ),
    });
    if (!sent.ok) throw new TourFailed(`the photo was answered with ${sent.status}: ${await sent.text()}`);
    const { asset: done } = (await shopper.must(COMPLETE, { input: { uploadId: id } })) as { asset: Answer };
    const thumbnail = await fetch(new URL(new URL(String(done['thumbnailUrl'])).pathname, shopper.url));
    const bytes = (await thumbnail.arrayBuffer()).byteLength;
    if (!thumbnail.ok || bytes === 0)
      throw new TourFailed(`the thumbnail was answered with ${thumbnail.status}`);
    return [`${done['width']} x ${done['height']}, thumbnail of ${bytes} bytes`, done] as const;
  });
  await journal.step('review it as a verified buyer', async () => {
    const input = {
      productId,
      rating: 5,
      title: 'As promised',
      comment: 'Arrived quickly and fits perfectly.',
      assetIds: [asset['id']],
    };
    const { review } = (await shopper.must(REVIEW, { input })) as { review: Answer };
    await untilVerified(shopper, String(review['id']));
    if (review['media'].length !== 1) throw new TourFailed('the photo is missing from the review');
    const { average, count } = review['product'].rating as Answer;
    return [
      `${review['author'].displayName}: ${review['rating']} stars; now ${average} of ${count}`,
      null,
    ] as const;
  });
}

/** News of the purchase travels from orders to reviews; a review turns verified when it arrives. */
async function untilVerified(shopper: Visitor, id: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    const { review } = await shopper.ask(
      'query Verified($id: ID!) { review(id: $id) { verifiedPurchase } }',
      { id },
    );
    if (review.verifiedPurchase) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new TourFailed('the buyer was never recognised');
}
