import type { Drawing } from './drawing.js';
import { beanie, boot, jacket, shoe, socks, sweater, tShirt } from './silhouettes/apparel.js';
import { deskLamp, headphones, keyboard, notebook, officeChair, speaker } from './silhouettes/audio-desk.js';
import { bikeLight, bottle, cityBike, gravelBike, helmet, lock, pannier } from './silhouettes/cycling.js';
import { bench, birdhouse, planter, pruners, seedPacket, wateringCan } from './silhouettes/garden.js';
import { blanket, cushion, kettle, knife, lamp, mug, pan } from './silhouettes/home-kitchen.js';
import { balanceBike, blocks, gameBox, kite, plush, puzzle, toyTrain } from './silhouettes/kids-play.js';
import { backpack, campChair, flask, lantern, sleepingBag, stove, tent } from './silhouettes/outdoor.js';

/** What the shop sells, as it is drawn: one drawing for every kind of product. */
export const SILHOUETTES = {
  'city-bike': cityBike,
  'gravel-bike': gravelBike,
  helmet,
  'bike-light': bikeLight,
  lock,
  bottle,
  pannier,
  tent,
  'sleeping-bag': sleepingBag,
  backpack,
  stove,
  lantern,
  flask,
  'camp-chair': campChair,
  kettle,
  knife,
  pan,
  mug,
  lamp,
  cushion,
  blanket,
  headphones,
  speaker,
  keyboard,
  'desk-lamp': deskLamp,
  notebook,
  'office-chair': officeChair,
  jacket,
  't-shirt': tShirt,
  sweater,
  beanie,
  socks,
  shoe,
  boot,
  planter,
  'seed-packet': seedPacket,
  'watering-can': wateringCan,
  pruners,
  birdhouse,
  bench,
  'toy-train': toyTrain,
  blocks,
  puzzle,
  plush,
  'game-box': gameBox,
  kite,
  'balance-bike': balanceBike,
} as const satisfies Record<string, Drawing>;

export type SilhouetteName = keyof typeof SILHOUETTES;
