import type { Tint } from './drawing.js';

interface Hsl {
  hue: number;
  saturation: number;
  lightness: number;
}

/** A colour's place on the wheel. @param hex `#rrggbb` */
export function toHsl(hex: string): Hsl {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const lightness = (most + least) / 2;
  const spread = most - least;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = spread / (1 - Math.abs(2 * lightness - 1));
  const sector =
    most === red
      ? ((green - blue) / spread) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return { hue: (sector * 60 + 360) % 360, saturation, lightness };
}

function paint({ hue, saturation, lightness }: Hsl): string {
  const within = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
  return `hsl(${hue.toFixed(1)}, ${within(saturation)}, ${within(lightness)})`;
}

/**
 * The paints of a drawing and the gradients they need.
 *
 * @param hex the product's colour, `#rrggbb`
 * @param prefix keeps the gradients of several drawings in one picture apart
 */
export function tintOf(hex: string, prefix: string): { tint: Tint; defs: string } {
  const hsl = toHsl(hex);
  const shifted = (by: number, saturation = 1): string =>
    paint({ hue: hsl.hue, saturation: hsl.saturation * saturation, lightness: hsl.lightness + by });
  const isDark = hsl.lightness < 0.32;
  const light = shifted(isDark ? 0.16 : 0.1);
  const dark = shifted(hsl.lightness > 0.8 ? -0.12 : -0.09);
  const deep = shifted(hsl.lightness > 0.8 ? -0.24 : -0.17);
  const accent = paint({
    hue: (hsl.hue + 165) % 360,
    saturation: Math.max(0.35, Math.min(0.6, hsl.saturation)),
    lightness: hsl.lightness > 0.6 ? 0.46 : 0.66,
  });
  const stops = (from: string, to: string): string =>
    `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`;
  const gradient = (id: string, content: string): string =>
    `<linearGradient id="${prefix}${id}" x1="0" y1="0" x2="0.7" y2="1">${content}</linearGradient>`;
  return {
    defs: [
      gradient('body', stops(light, shifted(-0.03))),
      gradient('side', stops(dark, deep)),
      gradient('metal', stops('#e9edf0', '#9aa5ad')),
      gradient('wood', stops('#dcb883', '#b98d57')),
    ].join(''),
    tint: {
      ...{ pale: shifted(isDark ? 0.3 : 0.2, 0.9), light, base: hex, dark, deep, accent },
      body: `url(#${prefix}body)`,
      side: `url(#${prefix}side)`,
      metal: `url(#${prefix}metal)`,
      wood: `url(#${prefix}wood)`,
      ...{ ink: '#2b2f36', cream: '#fbf6ec', shade: '#1a1d2426', shine: '#ffffff59' },
    },
  };
}
