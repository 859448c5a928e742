import { describe, expect, it } from 'vitest';
import { sanitiseDescription, textOfHtml } from './html-sanitising.js';

describe('making a description safe', () => {
  it.each([
    '<script>alert(1)</script>',
    '<style>p{}</style>',
    '<iframe src="https://x.example"></iframe>',
    '<img src="data:image/svg+xml,x">',
    '<svg onload="alert(1)"></svg>',
    '<meta charset="utf-8">',
    '<form><input name="card"></form>',
  ])('removes %s', (html) => {
    expect(sanitiseDescription(html)).toBe('');
  });

  it('keeps the words of a link to code and drops the code', () => {
    const html = sanitiseDescription('<a href="javascript:alert(1)" onclick="x()">here</a>');
    expect(html).toBe('<a rel="nofollow noopener noreferrer">here</a>');
  });

  it('keeps structure, https pictures and table cells', () => {
    const html =
      '<h1>Care</h1><p style="color:red">Wash <b>cold</b></p><img src="https://x.example/a.png" onerror="x()">' +
      '<table><tr><td colspan="2">M</td></tr></table>';
    expect(sanitiseDescription(html)).toBe(
      '<h2>Care</h2><p>Wash <b>cold</b></p><img src="https://x.example/a.png" loading="lazy" />' +
        '<table><tr><td colspan="2">M</td></tr></table>',
    );
  });

  it('drops paragraphs with nothing in them', () => {
    expect(sanitiseDescription('<p>A</p><p> </p><div></div><p>B</p>')).toBe('<p>A</p><p>B</p>');
  });
});

describe('the text of a description', () => {
  it('has one line per block and resolved entities', () => {
    expect(
      textOfHtml('<p>Salt &amp; pepper&nbsp;mill</p><ul><li>5 &lt; 6</li><li>&eacute;t&eacute;</li></ul>'),
    ).toBe('Salt & pepper mill\n5 < 6\nété');
  });

  it('does not turn escaped markup into markup twice', () => {
    expect(textOfHtml('&amp;lt;b&amp;gt;')).toBe('&lt;b&gt;');
  });

  it('says nothing of scripts', () => {
    expect(textOfHtml('Hi<script>let a = 1</script> there')).toBe('Hi there');
  });
});
