import type { Readable } from 'node:stream';
import type { Routes } from '@storegraph/subgraph-server';
import type { Deps } from '../context.js';
import { MOST_BYTES } from './import-job.js';
import { readReport } from './read-report.action.js';
import { receiveImportFile } from './receive-import-file.action.js';
import { runWaitingImports } from './run-import.action.js';

type Addressed = { Params: { jobId: string }; Querystring: { token?: string } };

/**
 * `PUT /imports/<job>?token=…` takes the file of an import as it streams in; `GET /imports/<job>/issues.csv?token=…`
 * gives its report. The token in the address is the permission: neither asks who is signed in.
 */
export function importRoutes(deps: Deps): Routes {
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { bodyLimit: MOST_BYTES }, (_request, payload, done) =>
      done(null, payload),
    );

    app.put<Addressed>('/imports/:jobId', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      const body = request.body as Readable | undefined;
      if (!body) return reply.code(400).send({ message: 'Send the file as the body.' });
      const { params, query } = request;
      const file = { jobId: params.jobId, token: query.token ?? '', body };
      const outcome = await receiveImportFile(deps, file);
      switch (outcome.kind) {
        case 'received':
          void runWaitingImports(deps);
          return reply.code(202).send({ jobId: outcome.jobId });
        case 'refused':
          return reply.code(403).send({ message: 'This address is not, or no longer, good for a file.' });
        case 'wrong-size':
          return reply
            .code(400)
            .header('connection', 'close')
            .send({ message: `Expected a file of ${outcome.expected} bytes, as announced.` });
      }
    });

    app.get<Addressed>('/imports/:jobId/issues.csv', async (request, reply) => {
      const { jobId } = request.params;
      const report = await readReport(deps, { jobId, token: request.query.token ?? '' });
      if (report === null) return reply.code(403).send({ message: 'This address is no longer good.' });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-issues-${jobId}.csv"`)
        .header('cache-control', 'no-store')
        .send(report);
    });
    return Promise.resolve();
  };
}
