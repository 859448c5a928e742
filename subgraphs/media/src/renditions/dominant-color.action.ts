import sharp from 'sharp';

const EDGE = 64;

/** The colour there is most of, as `#rrggbb`: what to show while the picture loads. Looks at a small copy. */
export async function dominantColorOf(content: Buffer): Promise<string> {
  const small = await sharp(content)
    .resize(EDGE, EDGE, { fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const { dominant } = await sharp(small).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
