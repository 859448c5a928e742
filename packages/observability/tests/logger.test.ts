import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

type Line = Record<string, unknown> & { msg: string };

describe('a logger', () => {
  let output = '';
  let lines: Line[] = [];
  const line = (message: string) => lines.find(({ msg }) => msg === message);

  beforeAll(() => {
    const script = fileURLToPath(new URL('./log-lines.ts', import.meta.url));
    output = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' }).stdout;
    lines = output
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Line);
  });

  it('writes one JSON object a line, with the service, the level by name and the time', () => {
    expect(line('top')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      service: 'shop',
      user: 'kim',
      password: '[redacted]',
      msg: 'top',
    });
  });

  it('never writes a secret, at any depth, in arrays, headers, errors and their causes', () => {
    expect(lines.length).toBeGreaterThan(8);
    expect(output).not.toContain('hunter2');
    expect(line('nested')?.['input']).toEqual({
      credentials: '[redacted]',
      list: [{ cartToken: '[redacted]' }],
    });
  });

  it('keeps what is no secret', () => {
    const named = line('names');
    expect(named).toMatchObject({ tokenCount: 3, idempotencyKey: 'k1', at: '1970-01-01T00:00:00.000Z' });
  });

  it('tells an error whole: type, message with causes, stack and code', () => {
    const error = line('failed') as unknown as Record<'err' | 'nested', Record<string, unknown>>;
    expect(error.err).toMatchObject({
      type: 'Error',
      code: 'ECONNREFUSED',
      message: 'cannot reach postgres://[redacted]@db/shop: refused by redis://[redacted]@cache',
      stack: expect.stringContaining('log-lines.ts') as string,
    });
    expect(error.nested['reason']).toMatchObject({ code: 'ECONNREFUSED' });
    expect(line('odd')).toMatchObject({ err: 'a thrown text' });
  });

  it('survives a ring', () => {
    expect(line('circular')?.['circular']).toEqual({ name: 'ring', self: '[circular]' });
  });

  it('names the correlation id inside, across awaits, and not outside', () => {
    expect(line('inside')?.['correlationId']).toBe('corr-0001');
    expect(line('outside')).not.toHaveProperty('correlationId');
  });

  it('changes its level with all others, made before or after', () => {
    expect(line('too quiet to hear')).toBeUndefined();
    expect(line('heard')).toBeDefined();
    expect(line('heard too')).toMatchObject({ service: 'later', level: 'debug' });
    expect(line('never')).toBeUndefined();
  });
});
