/**
 * Sentences as people (and language models asked to write like them) tell several ratings in one breath, with the verdict of
 * every title in its braces. Harder to read than the plain sentences: the verdict stands before or after, changes inside
 * the sentence, or is only a figure of speech.
 */
export const PROSE: readonly string[] = [
  'I was completely swept away by {loved}, and {loved} is still the one I recommend to everyone.',
  'Few films have stayed with me like {loved}, though {disliked} left me pretty cold.',
  '{loved} is about as close to perfect as movies get, while {fine} was okay but forgettable.',
  'While everyone raves about {disliked}, it never clicked with me; {liked} was much more my thing.',
  'I had a great time with {liked} and {liked}, but {hated} was honestly painful to sit through.',
  "On the other hand, I couldn't get into {disliked}, and {hated} was an absolute mess.",
  '{liked} was a pleasant surprise, and I really enjoyed {liked} too.',
  "I've rewatched {loved} more times than I can count, and I feel almost the same about {loved}.",
  'I thought {fine} was just okay, nothing to write home about.',
  "{fine} didn't do much for me either way.",
  'I found {disliked} rather dull, and {disliked} felt way too long.',
  "I know people love {hated}, but I couldn't stand it.",
  'Both {liked} and {liked} kept me hooked from start to finish.',
  'I admired {liked} without quite falling in love with it, whereas {loved} knocked me flat.',
  "I'd put {loved} in my top five, with {liked} not far behind.",
  'As for {disliked}, I was bored within half an hour.',
  'I also liked {liked}, thought {fine} was decent, and really disliked {disliked}.',
  'Unlike most of my friends I adored {loved}, but I never saw the appeal of {disliked}.',
  '{hated} is one of the worst things I have ever sat through.',
  'I grew up on {loved} and it still makes me smile every time.',
  'My feelings on {fine} are mixed: some good scenes, but overall just average.',
  "{liked} was solid and {fine} was watchable, but I wouldn't see either again.",
  'I turned {hated} off halfway through.',
  'What a ride {liked} was, and {loved} even more so!',
  "I can't say enough good things about {loved}.",
  'I wanted to like {disliked}, but it fell flat for me.',
  'Also, {liked} holds up really well.',
  "I'm lukewarm on {fine}.",
  "There's nothing quite like {loved}; I was glued to the screen.",
  'Recently I saw {liked}, which I liked quite a bit, and {disliked}, which I did not.',
  "{disliked} was a letdown after all the hype, and don't get me started on {hated}.",
  'Give me {loved} any day over {disliked}.',
];
