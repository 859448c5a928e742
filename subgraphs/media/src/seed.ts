export { seedMedia } from './galleries/seed-media.action.js';
export type { SeedMediaInput, SeedPicture } from './galleries/seed-media.action.js';
