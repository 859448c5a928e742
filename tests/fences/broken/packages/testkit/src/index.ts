export const viewer = 'a test viewer';
