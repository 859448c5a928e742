# syntax=docker/dockerfile:1
#
# One image a service: `docker build --build-arg SERVICE=subgraphs/orders .`
# SERVICE is the folder of a deployable: gateway, standalone or subgraphs/<domain>.

ARG NODE_IMAGE=node:22.21-bookworm-slim

FROM ${NODE_IMAGE} AS base
WORKDIR /app

# Everything once, for all services: layers up to here are shared.
FROM base AS build
COPY . .
# Install scripts only fetch binaries that building and running the services do not use.
RUN --mount=type=cache,target=/npm-cache npm ci --ignore-scripts --no-audit --no-fund --cache /npm-cache
RUN npm run build

# What one service needs: every manifest (npm wants them all), its bundle, and what bundles read beside the
# code at run time: migrations and files in src that are not TypeScript.
FROM build AS collected
ARG SERVICE=gateway
RUN mkdir /collected \
  && cp --parents package.json package-lock.json gateway/package.json standalone/package.json \
    packages/*/package.json prisma/*/package.json subgraphs/*/package.json /collected \
  && cp --parents -r "${SERVICE}/dist" prisma/*/migrations schema /collected \
  && find packages subgraphs gateway -path '*/src/*' -type f ! -name '*.ts' -exec cp --parents {} /collected \;

FROM base AS dependencies
ARG SERVICE=gateway
COPY --from=collected /collected ./
RUN --mount=type=cache,target=/npm-cache \
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund --cache /npm-cache --workspace "${SERVICE}"

FROM base AS service
ARG SERVICE=gateway
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=4000 \
  SERVICE=${SERVICE}
# Owned by root and read by the service, which can therefore not change its own code.
COPY --from=dependencies /app ./
# The only place a service may write to; media keeps its files here when no object storage is configured.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE ${PORT}
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node --enable-source-maps \"$SERVICE/dist/main.js\""]
