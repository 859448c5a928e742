/** The colours goods come in, by the name a shopper reads. The first three letters differ: they are part of SKUs. */
export const COLOURS = {
  Graphite: '#3d434b',
  Ink: '#22314f',
  Chalk: '#efece4',
  Sand: '#d9c3a0',
  Terracotta: '#c4623f',
  Mustard: '#dda532',
  Forest: '#2f5d46',
  Sage: '#9caf94',
  Ocean: '#2a6f97',
  Sky: '#8fbfe0',
  Plum: '#6d3b63',
  Rose: '#d98a94',
  Cherry: '#b9313b',
  Coral: '#ef7b63',
  Lilac: '#b3a1d6',
  Moss: '#7a8450',
  Walnut: '#6f4a32',
  Oak: '#c79a62',
  Copper: '#b87148',
  Steel: '#a9b1b8',
  Teal: '#2b8a83',
  Butter: '#f2d98a',
} as const satisfies Record<string, `#${string}`>;

export type ColourName = keyof typeof COLOURS;
