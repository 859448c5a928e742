import sanitizeHtml from 'sanitize-html';

const BLOCKS = 'p|div|section|article|ul|ol|li|h[1-6]|blockquote|table|thead|tbody|tr|dl|dt|dd|figure|hr|br';
const BLOCK_EDGE = new RegExp(`</?(?:${BLOCKS})(?:\\s[^>]*)?/?>`, 'gi');
const CELL_EDGE = /<\/t[dh]>/gi;

const DESCRIPTION: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'div', 'span', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'b', 'em', 'i', 'u', 's', 'small', 'sub', 'sup', 'a', 'img'],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height', 'loading'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['https'] },
  allowProtocolRelative: false,
  transformTags: {
    // The page has one h1 already: the product's name.
    h1: 'h2',
    a: (tagName, { href, title }) => ({
      tagName,
      attribs: { ...(href && { href }), ...(title && { title }), rel: 'nofollow noopener noreferrer' },
    }),
    img: (tagName, attribs) => ({ tagName, attribs: { ...attribs, loading: 'lazy' } }),
  },
  exclusiveFilter: (frame) =>
    (frame.tag === 'img' && !frame.attribs['src']) ||
    (['p', 'span', 'div'].includes(frame.tag) &&
      frame.text.trim() === '' &&
      frame.mediaChildren.length === 0),
};

/**
 * Product text from outside, made safe to show: headings, lists, tables, emphasis, links and https pictures stay;
 * scripts, styles, frames, forms, event handlers and every other attribute go. Links carry
 * `nofollow noopener noreferrer`.
 */
export function sanitiseDescription(html: string): string {
  return sanitizeHtml(html, DESCRIPTION).trim();
}

/** The words of an HTML text: one line per block, no markup, entities resolved. */
export function textOfHtml(html: string): string {
  const broken = html.replace(BLOCK_EDGE, '\n').replace(CELL_EDGE, ' ');
  const escaped = sanitizeHtml(broken, { allowedTags: [], allowedAttributes: {} });
  return unescape(escaped)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

/** Undoes the four escapes that sanitize-html writes; the ampersand last, or `&amp;lt;` would become `<`. */
function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
