import { describe, expect, it } from 'vitest';
import { DEMO_BRANDS } from './brands.js';
import { renderBrandLogo } from './brand-logos.js';
import { COLOURS } from './colours.js';
import type { DemoPicture } from './demo-data.js';
import { DEPARTMENT_TYPES } from './departments.js';
import { renderPicture } from './pictures.js';
import { SILHOUETTES, type SilhouetteName } from './silhouettes.js';

const names = Object.keys(SILHOUETTES) as SilhouetteName[];
const views: readonly DemoPicture['view'][] = ['main', 'detail', 'colours'];

/** The elements still open at the end, and every reference to a gradient nobody defined. */
function flawsOf(svg: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)(\w+)(?:"[^"]*"|[^">])*?(\/?)>/g)) {
    if (selfClosing) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return [`</${name}> closes nothing`];
  }
  const defined = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const missing = [...svg.matchAll(/url\(#([^)]+)\)/g)].flatMap(([, id]) =>
    defined.has(id) ? [] : [`#${id}`],
  );
  return [...open, ...missing, ...(/NaN|undefined/.test(svg) ? ['an empty number'] : [])];
}

describe('pictures of products', () => {
  it('are drawn differently for at least 25 kinds of goods, and every drawing is used', () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
    expect(new Set(DEPARTMENT_TYPES.map(({ type }) => type.silhouette))).toEqual(new Set(names));
    const drawings = names.map((silhouette) =>
      renderPicture({ view: 'main', silhouette, hexes: ['#2a6f97'], seed: 'x' }),
    );
    expect(new Set(drawings).size).toBe(names.length);
  });

  it.each(names)('of a %s are well-formed in every view and colour', (silhouette) => {
    for (const view of views) {
      for (const hex of Object.values(COLOURS)) {
        const svg = renderPicture({ view, silhouette, hexes: [hex, COLOURS.Chalk, COLOURS.Ink], seed: 'x' });
        expect(flawsOf(svg)).toEqual([]);
      }
    }
  });

  it('are the same every time and take the colour of the variant', () => {
    const picture = { view: 'main', silhouette: 'mug', hexes: [COLOURS.Sage], seed: 'oatmeal-mug' } as const;
    expect(renderPicture(picture)).toBe(renderPicture(picture));
    expect(renderPicture(picture)).not.toBe(renderPicture({ ...picture, hexes: [COLOURS.Ocean] }));
  });
});

describe('brand logos', () => {
  it('are well-formed and differ', () => {
    const logos = DEMO_BRANDS.map(({ slug }) => renderBrandLogo(slug));
    expect(logos.flatMap(flawsOf)).toEqual([]);
    expect(new Set(logos).size).toBe(DEMO_BRANDS.length);
  });
});
