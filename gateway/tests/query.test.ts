import { describe, expect, it } from 'vitest';
import { startTestGateway } from './test-gateway.js';

describe('a query', () => {
  it('is answered by two subgraphs', async () => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.ask('{ products { name rating shippingClass } }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        products: [
          { name: 'Lamp', rating: 4, shippingClass: 'parcel' },
          { name: 'Sofa', rating: 5, shippingClass: 'freight' },
        ],
      },
    });
  });
});
