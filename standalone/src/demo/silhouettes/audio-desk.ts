import { circle, ellipse, line, path, rect, repeat, ring, turned, type Drawing } from '../drawing.js';

export const headphones: Drawing = (t) =>
  line('M222 470C190 90 610 90 578 470', t.dark, 40) +
  line('M240 360C258 150 542 150 560 360', t.pale, 10) +
  line('M300 196C360 158 440 158 500 196', t.ink, 34) +
  rect([204, 400, 40, 110], t.metal, 14) +
  rect([556, 400, 40, 110], t.metal, 14) +
  rect([232, 420, 84, 210], t.ink, 42) +
  rect([484, 420, 84, 210], t.ink, 42) +
  rect([164, 410, 118, 230], t.body, 58) +
  rect([518, 410, 118, 230], t.body, 58) +
  rect([518, 410, 118, 230], t.shade, 58) +
  rect([184, 450, 20, 140], t.shine, 10) +
  circle([577, 526, 32], t.metal) +
  circle([577, 526, 20], t.dark);

export const speaker: Drawing = (t) =>
  path('M548 160L600 190L600 640L548 652Z', t.deep) +
  rect([220, 150, 334, 500], t.body, 26) +
  repeat([0, 1, 2, 3, 4], (at) =>
    line(
      `M${250 + at * 66} 156C${240 + at * 68} 320 ${262 + at * 64} 480 ${250 + at * 66} 644`,
      '#00000012',
      5,
    ),
  ) +
  circle([387, 470, 128], t.ink) +
  ring([387, 470, 118], '#8b949b', 8) +
  circle([387, 470, 100], '#43484f') +
  circle([387, 470, 40], '#666d75') +
  path('M320 420C340 390 370 378 396 378C370 400 350 420 344 450Z', '#ffffff2e') +
  circle([387, 256, 62], t.ink) +
  circle([387, 256, 44], t.metal) +
  circle([387, 256, 20], '#eef1f3') +
  rect([236, 166, 16, 300], t.shine, 8) +
  circle([510, 620, 9], '#8fe3a1') +
  rect([240, 646, 60, 16], t.ink, 6) +
  rect([480, 646, 60, 16], t.ink, 6);

export const keyboard: Drawing = (t) => {
  const rows = [
    { y: 340, widths: [50, 50, 50, 50, 50, 50, 50, 50, 50, 94] },
    { y: 394, widths: [72, 50, 50, 50, 50, 50, 50, 50, 50, 72] },
    { y: 448, widths: [86, 50, 50, 50, 50, 50, 50, 50, 112] },
    { y: 502, widths: [60, 60, 290, 60, 60, 46] },
  ];
  const keys = repeat(rows, ({ y, widths }, row) => {
    let x = 112;
    return repeat(widths, (width, at) => {
      const special = (row === 0 && at === 0) || (row === 2 && at === widths.length - 1);
      const key =
        rect([x, y, width, 48], special ? t.accent : t.deep, 9) +
        rect(
          [x + 4, y + 2, width - 8, 38],
          special ? t.accent : at === 0 || at === widths.length - 1 ? t.light : t.cream,
          8,
        ) +
        rect([x + 4, y + 2, width - 8, 14], '#ffffff40', 8);
      x += width + 6;
      return key;
    });
  });
  return (
    turned(
      rect([76, 296, 648, 290], t.side, 30) + rect([76, 286, 648, 284], t.body, 30) + keys,
      -6,
      [400, 440],
    ) + line('M420 264C430 190 520 200 530 130', t.ink, 10)
  );
};

export const deskLamp: Drawing = (t) =>
  path('M566 330L700 640L380 640Z', '#fff1b84d') +
  ellipse([280, 636, 130, 26], t.deep) +
  ellipse([280, 624, 130, 26], t.body) +
  line('M280 616L220 380L440 210', t.dark, 20) +
  line('M296 610L238 386L448 224', t.pale, 6) +
  circle([220, 380, 24], t.metal) +
  circle([440, 210, 22], t.metal) +
  turned(
    path('M420 190L520 190C580 200 620 260 624 330L376 330C380 260 380 210 420 190Z', t.body) +
      path('M520 190C580 200 620 260 624 330L540 330C540 270 540 220 520 190Z', t.shade) +
      ellipse([500, 330, 124, 20], '#fff4cf') +
      path('M426 212C408 236 402 270 402 306L430 306C430 270 436 240 450 212Z', t.shine) +
      rect([462, 166, 44, 30], t.metal, 10),
    -24,
    [450, 220],
  );

export const officeChair: Drawing = (t) =>
  line('M400 560L400 610M400 600L250 640M400 600L550 640M400 600L330 656M400 600L470 656', '#59626a', 20) +
  repeat(
    [
      [250, 650],
      [550, 650],
      [330, 662],
      [470, 662],
    ],
    ([x = 0, y = 0]) => circle([x, y, 17], t.ink),
  ) +
  rect([384, 500, 32, 100], t.metal, 8) +
  path(
    'M272 150C276 120 300 108 330 108L470 108C500 108 524 120 528 150L546 380C548 410 530 424 504 424L296 424C270 424 252 410 254 380Z',
    t.body,
  ) +
  repeat([180, 230, 280, 330, 380], (y) =>
    line(`M286 ${y}C360 ${y + 12} 440 ${y + 12} 514 ${y}`, t.shade, 5),
  ) +
  path('M296 134C312 126 330 124 352 124L340 400L280 400Z', t.shine) +
  line('M214 380L214 452L300 486M586 380L586 452L500 486', '#59626a', 16) +
  line('M182 376L262 376M538 376L618 376', t.ink, 26) +
  path(
    'M236 470C236 446 256 436 280 436L520 436C544 436 564 446 564 470L560 502C556 522 540 530 516 530L284 530C260 530 244 522 240 502Z',
    t.side,
  ) +
  path('M240 462C244 444 262 436 280 436L520 436C540 436 556 444 560 462C500 484 300 484 240 462Z', t.light);

export const notebook: Drawing = (t) =>
  turned(
    path('M256 176L566 176C580 176 588 184 588 198L588 640L256 640Z', t.deep) +
      rect([250, 164, 326, 470], '#fdf8ee', 10) +
      rect([236, 152, 330, 470], t.body, 16) +
      rect([236, 152, 56, 470], t.side, 16) +
      rect([520, 152, 16, 470], t.accent) +
      rect([336, 232, 150, 96], t.cream, 8) +
      line('M358 268L464 268M358 294L432 294', t.deep, 7) +
      path('M410 620L436 620L436 690L423 672L410 690Z', t.accent) +
      rect([306, 170, 12, 430], t.shine, 6),
    7,
    [400, 400],
  ) +
  turned(
    rect([600, 250, 24, 330], t.wood, 8) +
      path('M600 580L624 580L612 622Z', '#f2dcb8') +
      path('M608 606L616 606L612 622Z', t.ink) +
      rect([600, 236, 24, 34], t.accent, 8),
    14,
    [612, 430],
  );
