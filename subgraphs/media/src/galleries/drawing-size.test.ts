import { describe, expect, it } from 'vitest';
import { sizeOfDrawing } from './drawing-size.js';

describe('the size of a drawing', () => {
  it.each([
    ['<svg width="800" height="600"/>', 800, 600],
    ["<svg viewBox='0 0 40 20' width='80px' height='40.4'/>", 80, 40],
    ['<?xml version="1.0"?><svg viewBox="0,0 120 60"><rect width="5"/></svg>', 120, 60],
    ['<svg width="100%" viewBox="0 0 10 30"/>', 10, 30],
    ['<svg/>', 300, 150],
  ])('of %s', (svg, width, height) => {
    expect(sizeOfDrawing(svg)).toEqual({ width, height });
  });
});
