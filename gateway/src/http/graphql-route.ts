import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { ProofSigner } from '@storegraph/identity';
import { withCorrelation } from '@storegraph/observability';
import { createContext, type GatewayContext } from '../context.js';
import type { Authenticate } from '../identity/authenticate.js';
import { createSizeCheck } from '../limits/accept-document.js';
import { deviceOf } from '../identity/device.js';

type Options = {
  server: ApolloServer<GatewayContext>;
  authenticate: Authenticate;
  signProof: ProofSigner;
  timeoutMillis: number;
};

/** `POST /graphql`, and `GET` for queries (GraphQL over HTTP). */
export function addGraphqlRoute(app: FastifyInstance, options: Options): void {
  const { server, authenticate, signProof, timeoutMillis } = options;
  const requireSmallDocument = createSizeCheck();
  const answer = fastifyApolloHandler(server, {
    context: async ({ headers, ip, correlationId, body, query }: FastifyRequest) => {
      // Here, since Apollo Server has no hook between parsing and validation that may refuse.
      requireSmallDocument(sourceIn(body) ?? sourceIn(query) ?? '');
      const { viewer } = await authenticate(headers.authorization);
      const device = deviceOf(ip, headers['user-agent']);
      return createContext({ viewer, device, correlationId, timeoutMillis, signProof });
    },
  }) as RouteHandlerMethod;
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) =>
      withCorrelation(request.correlationId, () => answer.call(app, request, reply)),
  });
}

function sourceIn(params: unknown): string | undefined {
  const source = (params as { query?: unknown } | undefined)?.query;
  return typeof source === 'string' ? source : undefined;
}
