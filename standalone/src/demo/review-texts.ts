/** Sentences of which reviews of one department are made. Each is true of anything sold there. */
export interface ReviewTexts {
  praise: readonly string[];
  quibbles: readonly string[];
  complaints: readonly string[];
}

/** What people say about anything. */
const COMMON: ReviewTexts = {
  praise: [
    'The description was accurate down to the last detail.',
    'It feels as if somebody cared about it.',
    'I compared six of them for a week and am glad I chose this one.',
    'The photos do not do it justice.',
    'My partner rolled their eyes when it arrived and now uses it more than I do.',
    'Good value, even at the full price.',
    'Everything about it is a little better than it needs to be.',
    'Came with a handwritten note and in perfect condition.',
    'I was sceptical about the brand, and I take it all back.',
    'Replaces an old one of mine that lasted twelve years; let us see.',
    'No fuss, no surprises, just a good thing.',
    'I have recommended it to half the street.',
  ],
  quibbles: [
    'Delivery took two days longer than announced.',
    'There was more packaging than needed.',
    'I would love to have it in one more colour.',
    'The price went down a week after I bought it.',
    'A short guide in the box would have helped.',
  ],
  complaints: [
    'It looks used, and I paid for new.',
    'I do not see where the money went.',
    'The second one I got had the same fault.',
    'It is simply not what the description says.',
  ],
};

/** What people say about goods of one department. */
export function reviewTextsOf(departmentSlug: string): ReviewTexts {
  const own = REVIEW_TEXTS[departmentSlug];
  if (!own) throw new Error(`No review texts for ${departmentSlug}`);
  return {
    praise: [...own.praise, ...COMMON.praise],
    quibbles: [...own.quibbles, ...COMMON.quibbles],
    complaints: [...own.complaints, ...COMMON.complaints],
  };
}

const REVIEW_TEXTS: Readonly<Record<string, ReviewTexts>> = {
  cycling: {
    praise: [
      'I ride eleven kilometres each way, all year, and it has not let me down once.',
      'You can tell that people who cycle made this.',
      'It survived a full winter of salt and still looks new.',
      'Fits my everyday bike life better than anything I have had before.',
      'The finish is beautiful, and strangers ask about it at traffic lights.',
      'Set up in ten minutes with the tools I had.',
      'No rattles, no squeaks, no drama.',
      'I rode it in proper rain on day two and everything stayed as it should.',
      'Went touring with it for two weeks and would not change a thing.',
    ],
    quibbles: [
      'The instructions could have been larger.',
      'One screw needed tightening after the first week.',
      'It is a touch heavier than the page says.',
      'The colour is slightly darker than on my screen.',
      'I would have liked a second strap in the box.',
    ],
    complaints: [
      'A part came loose on the first longer ride.',
      'The paint scratched when I leaned it against a wall, gently.',
      'It does not fit my bike although the description says it should.',
      'After two rainy commutes the first rust showed.',
      'The box arrived open and a small part was missing.',
    ],
  },
  'outdoor-camping': {
    praise: [
      'Four nights in sideways rain on the coast path and we were comfortable.',
      'Packs down smaller than I believed possible.',
      'My teenage son used it without being asked, which says everything.',
      'Well thought out: every detail answers a problem I have had.',
      'Light enough to forget and tough enough to trust.',
      'We tried it in the garden first and then slept outside for a week.',
      'It worked at minus six with gloves on.',
      'Finally something that is repairable.',
      'The bag it comes in is actually big enough to put it back.',
    ],
    quibbles: [
      'The zip needs a steady hand.',
      'There was a smell on the first day, gone on the second.',
      'I wish the bag had a handle.',
      'The instructions are sewn in where you cannot read them.',
      'A little bulky for cycling trips.',
    ],
    complaints: [
      'A seam opened on the second trip.',
      'It does not stand the kind of wind you get at any lake.',
      'Heavier by two hundred grams than advertised; I weighed it.',
      'The cold came through long before the number on the label.',
      'One piece arrived bent, and the spare took three weeks.',
    ],
  },
  'home-kitchen': {
    praise: [
      'I use it every single day and still notice it.',
      'It looks far more expensive than it was.',
      'The weight in the hand is just right.',
      'It made our rather plain kitchen look intended.',
      'Cleaned up like new after the great caramel accident.',
      'The colour is exactly the quiet one I wanted.',
      'My mother inspected it and asked where to get one.',
      'Beautifully made, and you can see the hand that made it.',
      'It replaced three things in our cupboard.',
    ],
    quibbles: [
      'A bit smaller than I pictured; read the measurements.',
      'The shade varies from one piece to the next.',
      'It needs a little more care than I am used to.',
      'I would have liked a gift box.',
      'The label left some glue behind.',
    ],
    complaints: [
      'It arrived with a chip, and the box was not the reason.',
      'The finish dulled after a handful of washes.',
      'It wobbles on a perfectly flat table.',
      'The colour has nothing to do with the picture.',
      'For this price I expect edges that are finished.',
    ],
  },
  'audio-desk': {
    praise: [
      'I work eight hours with it and forget that it is there.',
      'Every colleague who tried it has ordered one.',
      'The quality is audible and visible from the first minute.',
      'Unboxed, plugged in, done: no account, no nonsense.',
      'My desk finally looks like a grown-up’s.',
      'The materials feel honest, nothing creaks.',
      'It replaced one that cost twice as much.',
      'I notice details in old favourites that I had never found before.',
      'After half a year it still feels new.',
    ],
    quibbles: [
      'It takes a few days to get used to.',
      'The cable could be half a metre longer.',
      'The lighter colour shows fingerprints.',
      'The manual is only a web page.',
      'It is heavier than it looks.',
    ],
    complaints: [
      'It stopped working properly after five weeks.',
      'There is a faint noise that I cannot unhear.',
      'One of the moving parts loosens again and again.',
      'It came with a scratch right across the front.',
      'Comfortable for an hour and no longer.',
    ],
  },
  'apparel-footwear': {
    praise: [
      'Fits as if it had been made for me.',
      'Washed a dozen times and the shape has not changed.',
      'So comfortable that I bought a second colour.',
      'Warm, but never too warm.',
      'The stitching is neat inside as well as outside.',
      'I wore it for three days on a train journey and felt human.',
      'The colour is even better in daylight.',
      'Soft from the first minute, no breaking in.',
      'My daughter has tried to steal it twice.',
    ],
    quibbles: [
      'Comes up a little large, so I exchanged it for one size down.',
      'It shed some fluff in the first week.',
      'I would have liked it slightly longer.',
      'The colour is more muted than on screen.',
      'It needs air more than one day to lose the shop smell.',
    ],
    complaints: [
      'A seam came undone after the second wear.',
      'It shrank although I washed it cold.',
      'The size on the label has little to do with reality.',
      'The colour ran on to everything light I own.',
      'Scratchy at first and still scratchy now.',
    ],
  },
  garden: {
    praise: [
      'It has been outside since March and only got better looking.',
      'Heavy, solid and made to be handed down.',
      'My neighbour leaned over the hedge to ask about it.',
      'You feel the difference from the garden-centre kind at once.',
      'It makes the corner by the shed the nicest place we have.',
      'The children love it, and so do the sparrows.',
      'Arrived wrapped in straw and paper, not a scrap of plastic.',
      'Last winter was hard and it has not a single crack.',
      'Simple, well made and it does its job every evening.',
    ],
    quibbles: [
      'The surface was a bit dusty on arrival.',
      'It is heavier than I can carry alone.',
      'I had to look up how to start; a card would have been nice.',
      'The tone is redder than the photo.',
      'Delivery came on a Saturday morning at seven.',
    ],
    complaints: [
      'It cracked in the first frost.',
      'Rust after one wet week, in spite of the promises.',
      'Much smaller than it looks on the terrace in the photo.',
      'A corner was broken when we unpacked it.',
      'We followed every step and nothing came of it.',
    ],
  },
  'kids-play': {
    praise: [
      'Our three-year-old carries it from room to room and to bed.',
      'It has been dropped, chewed and loved and shows none of it.',
      'Finally a toy I do not mind stepping over.',
      'Two hours of silence on a rainy Sunday.',
      'The colours are lovely without being loud.',
      'Grandparents were just as fond of it.',
      'Both children, four and eight, play with it together.',
      'You can feel how carefully it has been made.',
      'We have given it three times as a birthday present now.',
    ],
    quibbles: [
      'I would go by the higher age on the box.',
      'A bag to put it all away would be welcome.',
      'Slightly smaller than expected.',
      'It took a grown-up to get started.',
      'The box was a little dented, which is bad for a present.',
    ],
    complaints: [
      'Something came off on the second day.',
      'Interesting for ten minutes and then never again.',
      'The paint has begun to flake where it is held.',
      'One piece was missing straight out of the box.',
      'Not as sturdy as it looks, and it looked sturdy.',
    ],
  },
};
