/** The colours of one drawing, all derived from the colour of the product. Values are SVG paints. */
export interface Tint {
  /** The product's colour and its neighbours, from light to dark. */
  pale: string;
  light: string;
  base: string;
  dark: string;
  deep: string;
  /** The product's colour with light falling from the upper left. */
  body: string;
  /** The same, darker: for sides and insides. */
  side: string;
  /** A second colour that goes with the first. */
  accent: string;
  metal: string;
  wood: string;
  /** Near-black for rubber, screens and shadows on the object. */
  ink: string;
  cream: string;
  /** Translucent overlays. */
  shade: string;
  shine: string;
}

/** Draws one object in a square of 800 units, standing on the line y = 650, centred on x = 400. */
export type Drawing = (tint: Tint) => string;

export function path(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

/** A line with round ends. */
export function line(d: string, stroke: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function circle([cx, cy, r]: readonly [number, number, number], fill: string): string {
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"/>`;
}

export function ring([cx, cy, r]: readonly [number, number, number], stroke: string, width: number): string {
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
}

export function ellipse([cx, cy, rx, ry]: readonly [number, number, number, number], fill: string): string {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
}

/** A rectangle by its left, top, width and height, with corners of the given radius. */
export function rect(
  [x, y, w, h]: readonly [number, number, number, number],
  fill: string,
  radius = 0,
): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${radius}" fill="${fill}"/>`;
}

/** The same drawing several times. */
export function repeat<T>(items: readonly T[], draw: (item: T, at: number) => string): string {
  return items.map(draw).join('');
}

/** Turns a drawing around a point. */
export function turned(content: string, degrees: number, [x, y]: readonly [number, number]): string {
  return `<g transform="rotate(${degrees} ${x} ${y})">${content}</g>`;
}

/** The left half and its reflection about x = 400. */
export function mirrored(half: string): string {
  return `${half}<g transform="translate(800 0) scale(-1 1)">${half}</g>`;
}
