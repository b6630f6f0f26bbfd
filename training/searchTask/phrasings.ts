/** How a rating is told: what people say of a title they loved, liked, found all right, disliked or hated. */
export type Verdict = 'loved' | 'liked' | 'fine' | 'disliked' | 'hated';

export const verdictOf = (rating: number): Verdict =>
  rating >= 5 ? 'loved' : rating >= 4 ? 'liked' : rating >= 3 ? 'fine' : rating >= 2 ? 'disliked' : 'hated';

/** The rating a sentence says, whatever the person gave: 4.5 and 4 are both "liked". */
export const SAID_RATING: Record<Verdict, number> = { loved: 5, liked: 4, fine: 3, disliked: 2, hated: 1 };

/** Sentences about one title, `{}`. */
export const SINGLE: Record<Verdict, readonly string[]> = {
  loved: [
    'I loved {}.',
    '{} is one of my all-time favourites.',
    'I adore {}.',
    '{} is a masterpiece.',
    '{}: 5/5.',
    'Nothing beats {} for me.',
    'I could watch {} over and over again.',
    '{} blew me away.',
    "I'm a huge fan of {}.",
    '{} was absolutely amazing.',
  ],
  liked: [
    'I liked {}.',
    '{} was really good.',
    'I enjoyed {} a lot.',
    '{} gets 4 stars from me.',
    '{} was great fun.',
    'I had a good time with {}.',
    "I'd give {} a 4 out of 5.",
    '{} is a solid film.',
    'I quite enjoyed {}.',
  ],
  fine: [
    '{} was okay.',
    '{} was decent but nothing special.',
    'I thought {} was just alright.',
    '{}: 3/5.',
    '{} was fine, I guess.',
    'I found {} average.',
    '{} was so-so.',
  ],
  disliked: [
    "I didn't like {}.",
    '{} was disappointing.',
    "I wasn't a fan of {}.",
    '{} bored me.',
    "{} didn't work for me.",
    '{}: 2 out of 5.',
    'I was let down by {}.',
  ],
  hated: [
    'I hated {}.',
    '{} was terrible.',
    "I couldn't stand {}.",
    '{} was a complete waste of time.',
    '{} is one of the worst films I have ever seen.',
    'I really hated {}.',
    '1 star for {}.',
  ],
};

/** Sentences about several titles, `{}` the list with "and" before the last. */
export const LISTS: Record<Verdict, readonly string[]> = {
  loved: [
    'I loved {}.',
    'My favourites are {}.',
    'I absolutely adore {}.',
    '{} are all masterpieces.',
    'Big fan of {}.',
  ],
  liked: ['I liked {}.', 'I really enjoyed {}.', '{} were all good.', 'I had fun with {}.'],
  fine: ['{} were okay.', 'I found {} just average.', '{} were decent, nothing more.'],
  disliked: ["I didn't like {}.", "I didn't enjoy {}.", '{} were disappointing.', 'I was bored by {}.'],
  hated: ['I hated {}.', "I couldn't stand {}.", '{} were awful.'],
};

/** How the wish is led up to, `{}` the query. */
export const WISHES: readonly string[] = [
  '{}',
  "Now I'm in the mood for this: {}",
  'What I want tonight: {}',
  "I'm looking for {}",
  'Please recommend {}',
  'Tonight I feel like {}',
];
