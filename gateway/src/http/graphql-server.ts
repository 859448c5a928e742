import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '@storegraph/observability';
import type { GatewayContext } from '../context.js';
import type { Engine } from '../execution/engine.js';
import { PARSE_OPTIONS, REPORTED_ERRORS } from '../limits/accept-document.js';
import { formatErrors } from './answer-errors.js';
import { operationLogPlugin } from './operation-log.js';

type Gateway = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];

/**
 * Apollo Server speaks GraphQL over HTTP, parses and validates; our engine answers.
 *
 * @param options.introspection whether clients may read the schema, be it through introspection or suggestions
 */
export async function startGraphqlServer(options: {
  engine: Engine;
  supergraphSdl: string;
  introspection: boolean;
  nodeEnv: string;
  log: Logger;
}): Promise<ApolloServer<GatewayContext>> {
  const { engine, introspection, nodeEnv, log } = options;
  const server = new ApolloServer<GatewayContext>({
    gateway: gatewayFor(engine, options.supergraphSdl),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    nodeEnv,
    logger: log,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: PARSE_OPTIONS,
    validationOptions: { maxErrors: REPORTED_ERRORS },
    formatError: formatErrors(log),
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [ApolloServerPluginLandingPageDisabled(), operationLogPlugin(log)],
  });
  await server.start();
  return server;
}

function gatewayFor(engine: Engine, supergraphSdl: string): Gateway {
  let onLoad: Parameters<Gateway['onSchemaLoadOrUpdate']>[0] = () => undefined;
  return {
    onSchemaLoadOrUpdate(callback) {
      onLoad = callback;
      return () => undefined;
    },
    load() {
      onLoad({ apiSchema: engine.schema, coreSupergraphSdl: supergraphSdl });
      return Promise.resolve({
        executor: ({ document, request, context }) =>
          engine.execute(
            { document, operationName: request.operationName, variables: request.variables },
            context as GatewayContext,
          ),
      });
    },
    stop: () => Promise.resolve(),
  };
}
