import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { isStaff } from '@storegraph/identity';
import { Authenticated, checkInput, notFound, refuse, requireUser } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { beginUpload, type BeginUploadOutcome } from './begin-upload.action.js';
import { completeUpload, type CompleteUploadOutcome } from './complete-upload.action.js';
import { announcedUpload, completedUpload } from './upload-input.js';
import { mayUploadFor } from './upload.js';
import {
  BeginUploadInput,
  BeginUploadResult,
  CompleteUploadInput,
  CompleteUploadResult,
} from './upload.type.js';

const COME_BACK_SECONDS = 60;

@Resolver()
export class UploadResolver {
  @Authenticated()
  @Mutation(() => BeginUploadResult, {
    description:
      'Announce a file; the answer says where to send it. Several can be announced in one request.',
  })
  async beginUpload(
    @Arg('input', () => BeginUploadInput, { description: 'The file.' }) input: BeginUploadInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(announcedUpload, input);
    if (!checked.ok) return checked.problem;
    const user = requireUser(viewer);
    const person = { isSeller: user.sellerId !== null, isStaff: isStaff(user.role) };
    if (!mayUploadFor(checked.value.purpose, person))
      refuse('FORBIDDEN', 'You may not upload for this purpose.', { field: 'input.purpose' });
    return begun(await beginUpload(deps, { ...checked.value, ownerId: user.id }));
  }

  @Authenticated()
  @Mutation(() => CompleteUploadResult, {
    description: 'Make an asset of a file you have sent. Completing again answers the same asset.',
  })
  async completeUpload(
    @Arg('input', () => CompleteUploadInput, { description: 'The file.' }) input: CompleteUploadInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(completedUpload, input);
    if (!checked.ok) return checked.problem;
    return completed(await completeUpload(deps, { ...checked.value, ownerId: requireUser(viewer).id }));
  }
}

function begun(outcome: BeginUploadOutcome) {
  switch (outcome.kind) {
    case 'begun':
      return { __typename: 'BeginUploadSuccess', upload: outcome.ticket };
    case 'unsupported-type':
      return {
        __typename: 'UnsupportedType',
        code: 'UNSUPPORTED_TYPE',
        message: 'Files of this type are not taken for this purpose.',
        path: ['input', 'mimeType'],
      };
    case 'too-large':
      return {
        __typename: 'TooLarge',
        code: 'TOO_LARGE',
        message: `Files of this type have at most ${outcome.maxBytes} bytes.`,
        path: ['input', 'bytes'],
        maxBytes: outcome.maxBytes,
      };
    case 'too-many-open':
      return refuse('RATE_LIMITED', 'Many files are announced and not sent; send them first.', {
        retryAfterSeconds: COME_BACK_SECONDS,
      });
  }
}

function completed(outcome: CompleteUploadOutcome) {
  const path = ['input', 'uploadId'];
  switch (outcome.kind) {
    case 'completed':
      return { __typename: 'CompleteUploadSuccess', asset: outcome.asset };
    case 'not-found':
      return notFound(path, 'There is no such upload of yours.');
    case 'not-uploaded':
      return {
        __typename: 'NotUploaded',
        code: 'NOT_UPLOADED',
        message: 'The file has not arrived yet; send it first.',
        path,
      };
    case 'expired':
      return {
        __typename: 'UploadExpired',
        code: 'UPLOAD_EXPIRED',
        message: 'The file was not sent in time; begin again.',
        path,
      };
  }
}
