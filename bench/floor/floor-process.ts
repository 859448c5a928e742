/** The floor: Fastify, one statement, the text it answers. Nothing is checked, planned, loaded or shaped. */
import Fastify from 'fastify';
import pg from 'pg';
import { OPERATIONS } from '../operations/operations.js';

export type FromFloorProcess = { readonly port: number };

const CONNECTIONS = 4; // as many as a domain of the shop has

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: CONNECTIONS });
const app = Fastify();
for (const { name, floor } of Object.values(OPERATIONS)) {
  app.post(`/${name}`, async (request, reply) => {
    const { rows } = await pool.query<{ body: string }>({
      name,
      text: floor.statement,
      values: floor.parameters(request.body),
    });
    return reply.type('application/json; charset=utf-8').send(rows[0]?.body);
  });
}
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const ready: FromFloorProcess = { port: Number(new URL(url).port) };
process.send?.(ready);
process.once('disconnect', () => process.exit());
