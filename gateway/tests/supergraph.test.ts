import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../src/supergraph/load-supergraph.js';
import { inlineGraph } from './inline-graph.js';
import { startTestGateway } from './test-gateway.js';

const { supergraphSdl } = inlineGraph();

const refusalOf = (sdl: string): unknown => {
  try {
    return loadSupergraph(sdl);
  } catch (error) {
    return error;
  }
};

describe('a supergraph', () => {
  it('is loaded with every access rule it carries', () => {
    const { access, schema, subgraphNames } = loadSupergraph(supergraphSdl);
    expect(access.ofField('Query', 'account')).toEqual({ authenticated: true, scopes: null, policies: null });
    expect(access.ofField('Product', 'cost')?.scopes).toEqual([['catalog:write']]);
    expect(access.ofField('Account', 'email')?.policies).toEqual([['self']]);
    expect(access.ofField('Product', 'name')).toBeUndefined();
    expect(subgraphNames).toEqual(['catalog', 'reviews']);
    expect(schema.getQueryType()?.getFields()['stockOf']).toBeUndefined();
  });

  it('is read by the names its links give the directives', () => {
    const renamed = supergraphSdl
      .replace('authenticated/v0.1", for', 'authenticated/v0.1", as: "signedIn", for')
      .replaceAll('@authenticated', '@signedIn');
    expect(loadSupergraph(renamed).access.ofField('Query', 'account')?.authenticated).toBe(true);
  });

  it('is refused when the access rules were stripped from it', async () => {
    const stripped = supergraphSdl
      .replaceAll(/^ *@link\(url: "[^"]*(authenticated|requiresScopes|policy)[^\n]*\n/gm, '')
      .replaceAll(/^(directive|scalar) @?(authenticated|requiresScopes|policy)\S*[^\n]*\n/gm, '')
      .replaceAll(/@(authenticated|requiresScopes\([^)]*\)|policy\([^)]*\))/g, '');
    expect(refusalOf(stripped)).toMatchObject({ name: 'SupergraphRefused', reason: 'no-enforcement' });
    await expect(startTestGateway({ supergraphSdl: stripped })).rejects.toThrow('protects nothing');
  });

  it('is refused when nobody can decide one of its policies', () => {
    expect(refusalOf(supergraphSdl.replaceAll('[["self"]]', '[["moon-phase"]]'))).toMatchObject({
      reason: 'unknown-rule',
    });
  });

  it('is refused when it is none', () => {
    expect(refusalOf('type Query { a: Int }')).toMatchObject({ reason: 'unreadable' });
    expect(refusalOf('this is no schema')).toMatchObject({ reason: 'unreadable' });
  });
});
