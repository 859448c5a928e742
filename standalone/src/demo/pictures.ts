import type { DemoPicture } from './demo-data.js';
import { randomFrom } from './seeded-random.js';
import { SILHOUETTES } from './silhouettes.js';
import { tintOf, toHsl } from './tint.js';

/** Edge of a picture in SVG units. Render at any size. */
export const PICTURE_SIZE = 800;

type DrawnView = Pick<DemoPicture, 'view' | 'silhouette' | 'hexes' | 'seed'>;

/** Soft backgrounds, from the lit side to the shaded side; the deep ones let pale goods stand out. */
const BACKGROUNDS: readonly {
  hue: number;
  pale: readonly [string, string];
  deep: readonly [string, string];
}[] = [
  { hue: 32, pale: ['#fbf5ec', '#ead9c2'], deep: ['#e7cfae', '#c9a679'] },
  { hue: 142, pale: ['#f0f6f1', '#cfe0d4'], deep: ['#bcd6c5', '#8fb49f'] },
  { hue: 210, pale: ['#eff4fa', '#cbdaea'], deep: ['#b7cde4', '#84a7ca'] },
  { hue: 12, pale: ['#fcf2ef', '#efd3ca'], deep: ['#ecc3b6', '#d1937f'] },
  { hue: 268, pale: ['#f6f3fb', '#dad0ea'], deep: ['#cdbfe4', '#a28fc6'] },
  { hue: 48, pale: ['#fbf8ea', '#ebdfb6'], deep: ['#ecdb9e', '#cfb765'] },
  { hue: 184, pale: ['#edf6f6', '#c6dfdf'], deep: ['#b0d3d3', '#7aacad'] },
];

/** Where a close-up looks, in the drawing's units: a little above the middle for most things. */
const FOCUS: Readonly<Partial<Record<DemoPicture['silhouette'], readonly [number, number]>>> = {
  'city-bike': [540, 360],
  'gravel-bike': [530, 390],
  'balance-bike': [520, 380],
  headphones: [440, 400],
  shoe: [430, 470],
  boot: [400, 400],
  kettle: [480, 340],
  'watering-can': [330, 420],
  'toy-train': [260, 420],
  'desk-lamp': [440, 300],
  'sleeping-bag': [260, 540],
};

/**
 * An illustration of a product as SVG text, the same for the same picture: flat shapes in the product's colour on a
 * soft background. `main` shows the whole product, `detail` a close-up, `colours` up to four colours side by side.
 */
export function renderPicture(picture: DrawnView): string {
  const [hex = '#888888'] = picture.hexes;
  const content = { main: drawMain, detail: drawDetail, colours: drawColours }[picture.view](picture);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PICTURE_SIZE} ${PICTURE_SIZE}" width="${PICTURE_SIZE}" height="${PICTURE_SIZE}">` +
    `<defs><radialGradient id="soft"><stop offset="0" stop-color="#2a201a" stop-opacity="0.42"/>` +
    `<stop offset="0.55" stop-color="#2a201a" stop-opacity="0.2"/><stop offset="1" stop-color="#2a201a" stop-opacity="0"/></radialGradient>` +
    `${background(hex, `${picture.seed}/${picture.view}`)}</defs>` +
    `<rect width="800" height="800" fill="url(#wall)"/>${content}</svg>`
  );
}

function background(hex: string, seed: string): string {
  const { hue, saturation, lightness } = toHsl(hex);
  const distance = (other: number): number => Math.min(Math.abs(hue - other), 360 - Math.abs(hue - other));
  const fitting =
    saturation < 0.12 ? BACKGROUNDS : BACKGROUNDS.filter((candidate) => distance(candidate.hue) > 38);
  const chosen = randomFrom(seed).pick(fitting);
  const [from, to] = lightness > 0.68 ? chosen.deep : chosen.pale;
  return `<radialGradient id="wall" cx="0.36" cy="0.26" r="0.95"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></radialGradient>`;
}

function draw(picture: DrawnView, hex: string, prefix: string): string {
  const { tint, defs } = tintOf(hex, prefix);
  return `<defs>${defs}</defs>${SILHOUETTES[picture.silhouette](tint)}`;
}

// A gradient rather than a blur filter: cheaper, and the same in every renderer.
const FLOOR_SHADOW = '<ellipse cx="400" cy="660" rx="310" ry="34" fill="url(#soft)"/>';

function drawMain(picture: DrawnView): string {
  return (
    '<circle cx="400" cy="390" r="292" fill="#ffffff" opacity="0.32"/>' +
    `<g transform="translate(0 10)">${FLOOR_SHADOW}${draw(picture, picture.hexes[0] ?? '#888888', 'a')}</g>`
  );
}

function drawDetail(picture: DrawnView): string {
  const [x, y] = FOCUS[picture.silhouette] ?? [400, 370];
  return (
    `<g transform="translate(400 400) rotate(-9) scale(1.85) translate(${-x} ${-y})">` +
    `${draw(picture, picture.hexes[0] ?? '#888888', 'a')}</g>`
  );
}

function drawColours(picture: DrawnView): string {
  const hexes = picture.hexes.slice(0, 4);
  const scale = hexes.length <= 2 ? 0.52 : 0.44;
  const places = {
    1: [[400, 390]],
    2: [
      [216, 372],
      [584, 372],
    ],
    3: [
      [220, 250],
      [580, 250],
      [400, 520],
    ],
    4: [
      [222, 226],
      [578, 226],
      [222, 530],
      [578, 530],
    ],
  }[hexes.length as 1 | 2 | 3 | 4];
  const goods = hexes.map((hex, at) => {
    const [x = 400, y = 400] = places[at] ?? [];
    return `<g transform="translate(${x} ${y}) scale(${scale}) translate(-400 -400)">${FLOOR_SHADOW}${draw(picture, hex, `c${at}`)}</g>`;
  });
  const left = 400 - (hexes.length - 1) * 27;
  const dots = hexes.map(
    (hex, at) =>
      `<circle cx="${left + at * 54}" cy="734" r="16" fill="${hex}" stroke="#ffffff" stroke-width="4"/>`,
  );
  return `${goods.join('')}<rect x="${left - 36}" y="704" width="${hexes.length * 54 + 18}" height="60" rx="30" fill="#ffffff" opacity="0.6"/>${dots.join('')}`;
}
