/** Fastify, reading a request and sending always the same bytes: what answering costs before anybody thinks. */
import Fastify from 'fastify';

export type FromSameBytes = { readonly port: number };

process.once('message', (bytes: string) => {
  const app = Fastify();
  app.post('/graphql', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
  void app.listen({ host: '127.0.0.1', port: 0 }).then((url) => {
    const ready: FromSameBytes = { port: Number(new URL(url).port) };
    process.send?.(ready);
  });
});
process.once('disconnect', () => process.exit());
