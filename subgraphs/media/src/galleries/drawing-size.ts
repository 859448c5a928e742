/** How large a drawing is when nobody says, in CSS pixels (CSS 2.2 §10.3.2). */
const DEFAULT = { width: 300, height: 150 };

/** The size an SVG names, in whole pixels: its width and height, or else those of its view box. */
export function sizeOfDrawing(svg: string): { width: number; height: number } {
  const [tag = ''] = /<svg\b[^>]*>/.exec(svg) ?? [];
  const length = (name: string) => {
    const [, text] = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(tag) ?? [];
    return text === undefined ? null : Number(text);
  };
  const [, box = ''] = /\sviewBox\s*=\s*["']([^"']+)["']/.exec(tag) ?? [];
  const [, , boxWidth, boxHeight] = box
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const whole = (value: number | null | undefined, otherwise: number) =>
    value && Number.isFinite(value) && value > 0 ? Math.max(1, Math.round(value)) : otherwise;
  return {
    width: whole(length('width') ?? boxWidth, DEFAULT.width),
    height: whole(length('height') ?? boxHeight, DEFAULT.height),
  };
}
