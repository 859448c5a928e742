import { describe, expect, it } from 'vitest';
import { counter, gauge, histogram, metricsText } from './metrics.js';

describe('metrics', () => {
  it('are told in Prometheus text, the process’s own among them', async () => {
    counter('orders_total', 'Orders placed.', ['currency']).inc({ currency: 'EUR' }, 2);
    gauge('carts_open', 'Carts in use.').set(7);
    histogram('checkout_seconds', 'Time of a checkout.').observe(0.3);
    const { contentType, body } = await metricsText();
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('# HELP orders_total Orders placed.\n# TYPE orders_total counter');
    expect(body).toContain('orders_total{currency="EUR"} 2');
    expect(body).toContain('carts_open 7');
    expect(body).toContain('checkout_seconds_bucket{le="0.25"} 0');
    expect(body).toContain('checkout_seconds_bucket{le="0.5"} 1');
    expect(body).toContain('process_cpu_seconds_total');
  });

  it('defined twice are one', async () => {
    counter('twice_total', 'Once.').inc();
    counter('twice_total', 'Again.').inc();
    expect((await metricsText()).body).toContain('twice_total 2');
  });

  it('can be asked for again and again', async () => {
    await metricsText();
    await expect(metricsText()).resolves.toMatchObject({
      body: expect.stringContaining('nodejs_') as string,
    });
  });
});
