export const REVIEW_TITLES: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly string[]>> = {
  5: [
    ...[
      'Exactly what I hoped for',
      'Would buy again tomorrow',
      'Better than the photos',
      'Small joys',
      'Simply good',
    ],
    ...[
      'Worth every cent',
      'My favourite purchase this year',
      'Five stars and I am picky',
      'Already ordered another',
    ],
  ],
  4: [
    ...['Very good, one small thing', 'Nearly perfect', 'Happy with it', 'Good quality, slow parcel'],
    ...['Solid choice', 'Does what it should', 'Four stars, maybe four and a half'],
  ],
  3: [
    'Fine, not more',
    'Mixed feelings',
    'Good idea, average result',
    'Expected a little more',
    'It is all right',
  ],
  2: ['Not for me', 'Disappointed', 'Looks better than it is', 'Going back'],
  1: ['Broke too soon', 'Cannot recommend it', 'Wrong from the start', 'Please improve this'],
};

export const REVIEW_ENDINGS: Readonly<Record<'happy' | 'neutral' | 'unhappy', readonly string[]>> = {
  happy: [
    ...[
      'Would buy again without thinking.',
      'My sister has ordered one too.',
      'Thank you to whoever packed it so well.',
    ],
    ...[
      'I have had it for three months now and nothing has changed my mind.',
      'Recommended.',
      'A lovely present as well.',
    ],
    ...['Arrived two days early.', 'It has become part of the day.'],
  ],
  neutral: [
    ...[
      'I am keeping it, but I looked twice.',
      'Delivery was quick at least.',
      'At a lower price I would be kinder.',
    ],
    ...['Perhaps my expectations were too high.', 'It will do.'],
  ],
  unhappy: [
    ...['The return was easy, to be fair.', 'Customer service answered the same day, at least.'],
    ...['I would look elsewhere.', 'A pity, because the idea is good.', 'Refund requested.'],
  ],
};

export const SELLER_REPLIES: Readonly<Record<'happy' | 'unhappy', readonly string[]>> = {
  happy: [
    'Thank you! I read this out in the workshop and somebody blushed.',
    'Lovely to hear. If it ever needs a repair, you know where we are.',
    'You have made our Monday. Enjoy it for many years.',
  ],
  unhappy: [
    'I am sorry, that should not have left our bench. A replacement is on its way and nothing needs to be sent back.',
    'Thank you for telling us so clearly. We have changed the packing because of your note, and I have written to you.',
    'That is not the standard we work to. Please reply to my message and we will put it right this week.',
  ],
};
