import {
  circle,
  ellipse,
  line,
  mirrored,
  path,
  rect,
  repeat,
  ring,
  turned,
  type Drawing,
  type Tint,
} from '../drawing.js';

function woodenWheel([x, y, r]: readonly [number, number, number], t: Tint): string {
  return circle([x, y, r], t.dark) + circle([x, y, r * 0.72], t.wood) + circle([x, y, r * 0.24], '#8f693c');
}

export const toyTrain: Drawing = (t) =>
  line('M70 662L730 662', '#b98d57', 14) +
  repeat([110, 200, 290, 380, 470, 560, 650], (x) => rect([x, 652, 34, 22], '#94693b', 4)) +
  line('M440 590L520 590', '#6c757c', 12) +
  rect([520, 430, 200, 140], t.accent, 16) +
  rect([504, 560, 232, 40], t.wood, 14) +
  repeat([552, 620, 688], (x) => circle([x, 420, 34], '#5b6067')) +
  woodenWheel([566, 616, 40], t) +
  woodenWheel([676, 616, 40], t) +
  rect([88, 550, 372, 44], t.wood, 16) +
  rect([300, 300, 160, 262], t.body, 14) +
  rect([330, 346, 100, 90], '#dff1fb', 12) +
  path('M330 436L400 346L430 346L430 380L384 436Z', '#ffffff99') +
  rect([272, 276, 216, 40], t.dark, 18) +
  rect([120, 400, 200, 160], t.body, 70) +
  rect([150, 418, 140, 18], t.shine, 9) +
  line('M196 402L196 560M256 402L256 560', t.dark, 10) +
  path('M150 290L214 290L204 402L160 402Z', t.wood) +
  rect([138, 272, 88, 30], t.dark, 12) +
  circle([240, 386, 24], '#f2c14e') +
  circle([112, 480, 30], '#f2c14e') +
  repeat(
    [
      [186, 220, 32],
      [240, 178, 40],
      [310, 150, 28],
    ],
    ([x = 0, y = 0, r = 0]) => circle([x, y, r], '#ffffffb3'),
  ) +
  woodenWheel([160, 610, 46], t) +
  woodenWheel([280, 610, 46], t) +
  woodenWheel([400, 610, 46], t);

export const blocks: Drawing = (t) =>
  rect([150, 500, 160, 150], t.body, 12) +
  rect([150, 500, 160, 26], t.shine, 12) +
  rect([490, 500, 160, 150], t.wood, 12) +
  rect([490, 500, 160, 26], '#ffffff40', 12) +
  path('M310 650L310 500L490 500L490 650L450 650C450 560 350 560 350 650Z', t.accent) +
  path('M310 500L490 500L490 526L310 526Z', '#ffffff33') +
  rect([200, 360, 140, 140], '#f2c14e', 12) +
  rect([350, 360, 240, 140], t.dark, 12) +
  circle([470, 430, 40], t.pale) +
  path('M240 466L270 392L300 466Z', t.cream) +
  path('M210 360L270 250L330 360Z', t.body) +
  path('M380 360C380 250 560 250 560 360Z', t.wood) +
  rect([436, 150, 66, 130], t.body, 10) +
  path('M424 160L469 84L514 160Z', t.accent) +
  line('M196 620L264 620M230 560L230 600', t.cream, 12) +
  turned(rect([650, 580, 74, 74], t.body, 10) + rect([650, 580, 74, 16], t.shine, 8), 12, [687, 617]);

export const puzzle: Drawing = (t) => {
  const piece = (fill: string): string =>
    path(
      'M220 220L350 220C340 180 360 150 396 150C432 150 452 180 442 220L560 220L560 340C600 330 630 350 630 386C630 422 600 442 560 432L560 560L440 560C450 520 432 500 396 500C360 500 342 520 352 560L220 560L220 432C260 442 290 422 290 386C290 350 260 330 220 340Z',
      fill,
    );
  return (
    `<g transform="translate(-60 -30) scale(0.62) rotate(-10 400 400)">${piece(t.accent)}${path('M250 250L330 250L330 266L266 266L266 330L250 330Z', t.shine)}</g>` +
    `<g transform="translate(336 -14) scale(0.6) rotate(14 400 400)">${piece('#f2c14e')}${path('M250 250L330 250L330 266L266 266L266 330L250 330Z', t.shine)}</g>` +
    `<g transform="translate(120 200) scale(0.78) rotate(4 400 400)">${piece(t.side)}<g transform="translate(0 -14)">${piece(t.body)}${path('M246 246L330 246L330 264L264 264L264 330L246 330Z', t.shine)}${circle([400, 390, 46], t.pale)}${path('M360 440C390 400 420 400 450 440Z', t.dark)}</g></g>`
  );
};

export const plush: Drawing = (t) =>
  mirrored(circle([270, 180, 62], t.body) + circle([270, 180, 36], t.pale)) +
  mirrored(ellipse([236, 612, 92, 52], t.side) + ellipse([226, 612, 40, 30], t.pale)) +
  ellipse([400, 520, 168, 142], t.body) +
  ellipse([400, 536, 102, 100], t.pale) +
  mirrored(
    path('M262 430C200 440 160 500 168 550C176 584 226 580 240 550C252 520 280 480 300 460Z', t.side),
  ) +
  ellipse([400, 290, 172, 150], t.body) +
  ellipse([400, 346, 84, 64], t.pale) +
  mirrored(
    circle([330, 270, 15], '#2b2f36') +
      circle([325, 264, 5], '#ffffff') +
      ellipse([290, 330, 26, 16], '#e58a7c4d'),
  ) +
  path('M372 318C380 306 420 306 428 318C428 336 412 346 400 348C388 346 372 336 372 318Z', '#2b2f36') +
  line('M400 348L400 364C388 380 372 378 366 368M400 364C412 380 428 378 434 368', '#2b2f36', 6) +
  path('M250 240C268 190 320 160 370 154C320 190 290 220 276 270Z', t.shine) +
  path(
    'M400 440C360 410 320 420 324 450C328 480 370 470 400 452C430 470 472 480 476 450C480 420 440 410 400 440Z',
    t.accent,
  ) +
  circle([400, 446, 17], t.accent) +
  circle([400, 446, 17], t.shade);

export const kite: Drawing = (t) =>
  path(
    'M90 560C130 530 170 530 196 552C226 526 280 532 296 562C310 590 280 604 250 600L130 602C96 604 70 586 90 560Z',
    '#ffffff8c',
  ) +
  line('M400 520C360 580 470 600 430 650C410 680 380 690 360 690', t.deep, 6) +
  turned(
    path('M400 90L400 330L236 280Z', t.body) +
      path('M400 90L564 280L400 330Z', t.dark) +
      path('M236 280L400 330L400 530Z', t.accent) +
      path('M564 280L400 530L400 330Z', t.side) +
      line('M400 90L400 530M236 280L564 280', '#ffffff8c', 6) +
      path('M300 232L392 116L392 150L320 250Z', t.shine),
    16,
    [400, 330],
  ) +
  turned(
    repeat(
      [
        [350, 590, t.base],
        [420, 616, t.accent],
        [404, 668, '#f2c14e'],
      ] as const,
      ([x, y, fill]) => path(`M${x} ${y}l-30-16l0 32ZM${x} ${y}l30-16l0 32Z`, fill),
    ),
    0,
    [400, 400],
  );

export const balanceBike: Drawing = (t) => {
  const tyre = (x: number): string =>
    circle([x, 550, 104], t.ink) +
    circle([x, 550, 76], t.cream) +
    ring([x, 550, 52], t.base, 12) +
    circle([x, 550, 20], '#6c757c');
  return (
    tyre(226) +
    tyre(578) +
    line('M226 550L338 420L520 372L540 440M338 420L420 520L226 550M420 520L526 404', t.base, 30) +
    line('M330 410L516 362', t.light, 8) +
    line('M508 250L540 420L578 550', t.dark, 28) +
    line('M338 420L322 360', '#8b949b', 18) +
    path(
      'M236 346C250 318 370 320 392 338C398 352 384 362 360 362C320 368 280 376 252 370C236 366 230 356 236 346Z',
      '#7a4b32',
    ) +
    line('M508 250C490 230 460 226 424 236', '#8b949b', 18) +
    line('M444 232L404 242', t.accent, 28) +
    rect([476, 286, 76, 62], t.cream, 12) +
    path('M494 334L514 300L534 334Z', t.base)
  );
};

export const gameBox: Drawing = (t) =>
  path('M150 330L150 560C150 574 156 582 168 586L400 652L400 400Z', t.side) +
  path('M650 330L650 560C650 574 644 582 632 586L400 652L400 400Z', t.dark) +
  path(
    'M400 246L660 318C672 322 672 338 660 342L412 414C404 416 396 416 388 414L140 342C128 338 128 322 140 318Z',
    t.body,
  ) +
  path('M400 270L566 318L400 366L234 318Z', t.pale) +
  path('M400 286L500 316L400 346L300 316Z', t.accent) +
  path('M188 420L356 470L356 560L188 510Z', t.cream) +
  line('M212 456L330 490M212 484L296 508', t.deep, 9) +
  path('M444 470L612 420L612 510L444 560Z', t.pale) +
  circle([528, 490, 26], t.base) +
  path(
    'M250 214C250 186 290 186 290 214C290 226 284 232 282 238L300 290L240 290L258 238C256 232 250 226 250 214Z',
    '#f2c14e',
  ) +
  path(
    'M520 190C520 162 560 162 560 190C560 202 554 208 552 214L570 270L510 270L528 214C526 208 520 202 520 190Z',
    t.accent,
  ) +
  turned(
    rect([372, 176, 74, 74], t.cream, 14) +
      circle([391, 195, 8], t.ink) +
      circle([427, 231, 8], t.ink) +
      circle([409, 213, 8], t.ink),
    12,
    [409, 213],
  );
