import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { z } from 'zod';
import { connectionFrom, ConnectionArguments, pageOf } from '@storegraph/connection';
import { isStaff, type Viewer } from '@storegraph/identity';
import { checkInput, ConnectionSize, Cost, Policy, refuse, requireUser } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { line, whole } from '../input-rules.js';
import { beginImport, type Importer } from './begin-import.action.js';
import { followImport } from './follow-import.action.js';
import { mayWatch, MOST_BYTES, type ImportJob } from './import-job.js';
import {
  BeginProductsImportInput,
  BeginProductsImportResult,
  ImportIssueConnection,
  ImportJobType,
  ImportProductsInput,
  ImportProductsResult,
} from './import.type.js';
import { importText } from './run-import.action.js';

const MOST_CHARACTERS = 90_000;

const begunImport = z.object({ fileName: line(1, 255), bytes: whole(1, MOST_BYTES), dryRun: z.boolean() });
const inlineImport = z.object({
  csv: z.string().min(1, 'is empty').max(MOST_CHARACTERS, 'is too long; use beginProductsImport'),
  dryRun: z.boolean(),
});

/** Staff import for the shop itself, sellers for themselves. */
function importerOf(viewer: Viewer): Importer {
  const { id: userId, role, sellerId } = requireUser(viewer);
  return { userId, sellerId: isStaff(role) ? null : sellerId };
}

@Resolver(() => ImportJobType)
export class ImportResolver {
  @Policy([['seller-owner'], ['staff']])
  @Query(() => ImportJobType, { nullable: true, description: 'One import of yours, or any for staff.' })
  async importJob(
    @Arg('id', () => ID, { description: 'The import.' }) id: string,
    @Ctx() { loaders, viewer }: Context,
  ) {
    const job = await loaders.importJob.load(id);
    return job && mayWatch(viewer, job) ? job : null;
  }

  @ConnectionSize()
  @FieldResolver(() => ImportIssueConnection, {
    description: 'What there is to remark about rows of the file; the first 5,000 remarks are kept.',
  })
  async issues(
    @Root() { id }: ImportJob,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageOf(args, 1);
    return connectionFrom(await loaders.issuesOfImport.load(id, page), page, ({ sequence }) => [sequence]);
  }

  @FieldResolver(() => String, {
    description: 'The remarks as a CSV file, under an address that is good for a quarter of an hour.',
  })
  issuesUrl(@Root() { id }: ImportJob, @Ctx() { deps }: Context) {
    return deps.reportLinks.urlOf(id);
  }

  @Policy([['seller-owner'], ['staff']])
  @Mutation(() => BeginProductsImportResult, { description: 'Get an address to send a file of products to.' })
  async beginProductsImport(
    @Arg('input', () => BeginProductsImportInput, { description: 'The file.' })
    input: BeginProductsImportInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(begunImport, input);
    if (!checked.ok) return checked.problem;
    const begun = await beginImport(deps, { ...checked.value, importer: importerOf(viewer) });
    return { __typename: 'BeginProductsImportSuccess', ...begun };
  }

  @Cost(100)
  @Policy([['seller-owner'], ['staff']])
  @Mutation(() => ImportProductsResult, { description: 'Import a few products at once, to try it out.' })
  async importProducts(
    @Arg('input', () => ImportProductsInput, { description: 'The products.' }) input: ImportProductsInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(inlineImport, input);
    if (!checked.ok) return checked.problem;
    const job = await importText(deps, { ...checked.value, importer: importerOf(viewer) });
    return { __typename: 'ImportProductsSuccess', job };
  }

  @Policy([['seller-owner'], ['staff']])
  @Subscription(() => ImportJobType, {
    nullable: true,
    description: 'An import now, and each time it comes further, until it is finished.',
    subscribe: async ({ args, context }) => {
      const { deps, loaders, viewer } = context as Context;
      const jobId = String(args['jobId']);
      const job = await loaders.importJob.load(jobId);
      if (!job || !mayWatch(viewer, job)) return refuse('NOT_FOUND', 'There is no such import.');
      return followImport(deps, jobId);
    },
  })
  importProgress(
    @Arg('jobId', () => ID, { description: 'The import.' }) _jobId: string,
    @Root() job: ImportJob,
  ) {
    return job;
  }
}
