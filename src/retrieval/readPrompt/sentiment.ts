/* eslint-disable security/detect-unsafe-regex -- verdicts are matched against eight words at most */
import type { PromptWord } from './words.ts';

/** What words of liking and disliking mean as a rating. Phrases are of normalised words: no apostrophes. */
const LEADING: [number, string][] = [
  [5, `loves|loved|love|loving|adore|adored|obsessed with|crazy about|blown away by|favourite is|favorite is|favourites are|favorites are|fav is|fave is|favs are|faves are|favs|faves|fav|fave
    |favourite movie is|favorite movie is|favourite film is|favorite film is|favourite movies are|favorite movies are|favourite films are|favorite films are
    |favourite show is|favorite show is|favourite movies|favorite movies|favourite films|favorite films|favourites include|favorites include|favourites|favorites|favourite|favorite
    |all time favorites|all time favourites|huge fan of|big fan of|massive fan of|in love with|cant get enough of|best movie ever is|was amazed by|amazed by
    |ich liebe|liebe|liebte|geliebt|lieblingsfilm ist|lieblingsfilme sind|lieblingsfilm|jadore|adore|jai adore|jai adoree|me encanto|me encanta|me encantaron|encanto|encanta|amo|ame|amei|adorei
    |ho adorato|adoro|ho amato|amato|adorato|mi favorita es|mi pelicula favorita es|mon film prefere est|il mio film preferito e`],
  [4, `prefer|preferred|likes|enjoys|liked|enjoyed|enjoy|enjoying|like|a fan of|fan of|fans of|dig|dug|really into|impressed by|had fun with|had a great time with|good time with|appreciated|rewatched|into
    |similar to|reminiscent of|in the vein of|in the style of|in the spirit of|along the lines of|akin to|reminds me of|remind me of|the vibe of|vibes of|feel of|mood of|such as|a la
    |mochte|mag|gefallen hat mir|gefiel mir|gefallt mir|mir gefiel|mir gefallt|hat mir gefallen|ahnlich wie|so wie|wie|jai aime|jai bien aime|aime|jaime|comme|me gusto|me gusta|me gustaron|me gustan|gusto|gusta|parecido a|parecida a|como
    |mi e piaciuto|mi e piaciuta|mi piace|mi piacciono|mi sono piaciuti|simile a|gostei de|gosto de`],
  [3, `meh|didnt mind|dont mind|doesnt mind|was ok with|was okay with|indifferent to|indifferent about|mixed feelings about|neutral on|neutral about|tolerated|lukewarm on
    |have seen|ive seen|already seen|already saw|already watched|just watched|just saw|have watched|ive watched|seen|saw|watched|wasnt crazy about|so so on`],
  [2, `never finished|didnt finish|stopped watching|scared by|freaked out by|less like|dislikes|dislike|disliked|bored by|was bored by|bored with|disappointed by|disappointed in|disappointed with|let down by|couldnt get into|cant get into|could not get into|didnt get|wasnt into|not into|couldnt finish|gave up on
    |underwhelmed by|not much for|tired of|sick of|but not|rather than|unlike|nothing like|not like|except for|except|other than|didnt care for|dont care for|did not care for|wasnt impressed by|not impressed by|didnt connect with|langweilte mich bei|decu par|deçu par|decepcionado con`],
  [1, `hates|hated|hate|hating|despise|despised|loathe|loathed|detest|detested|cant stand|couldnt stand|could not stand|cannot stand|cant bear|couldnt bear|abhor|abhorred|appalled by|disgusted by
    |hasse|hasste|gehasst|ich hasse|je deteste|jai deteste|deteste|detestais|odio|odie|odiaba|ho odiato|odiato|odiei|detesto|kann nicht leiden`],
]; // prettier-ignore

const NEGATORS = new Set(
  `not didnt dont doesnt never no wasnt isnt werent havent hasnt hardly neither nor nicht kein nie pas jamais non didn don`.split(
    ' ',
  ),
);
/** May stand between a negation and its verb: "did not really like". */
const BETWEEN_NEGATION = new Set(
  `really particularly especially much quite even a all that exactly ever did do me mi lai mai je ne nai ai ho e i ich es so huge big completely totally actually it to`.split(
    ' ',
  ),
);

interface Phrase {
  words: string[];
  rating: number;
}

const phrasesByFirst = new Map<string, Phrase[]>();
for (const [rating, phrases] of LEADING)
  for (const phrase of phrases.split('|')) {
    const words = phrase.trim().split(/\s+/);
    const list = phrasesByFirst.get(words[0]!);
    if (list) list.push({ words, rating });
    else phrasesByFirst.set(words[0]!, [{ words, rating }]);
  }
for (const list of phrasesByFirst.values()) list.sort((a, b) => b.words.length - a.words.length);

export interface Trigger {
  /** First word, with its negation. */
  from: number;
  /** The word after the last. */
  to: number;
  rating: number;
  /** "like", "similar to": what follows is compared with, what stands before may rule it. */
  isComparison: boolean;
}

const COMPARISONS = new Set(
  `like|similar to|reminiscent of|in the vein of|in the style of|in the spirit of|along the lines of|akin to|the vibe of|vibes of|feel of|mood of|such as|a la|ahnlich wie|so wie|wie|comme|parecido a|parecida a|como|simile a`.split(
    '|',
  ),
);
/** Somebody likes ("I like X") when one of these stands before; else "like" compares. */
const SUBJECTS = new Set(
  `i we really also dont didnt do did you my wife husband friend kids partner both always would still absolutely truly genuinely kinda kind sort just never not somewhat quite definitely people who mostly generally`.split(
    ' ',
  ),
);
const NOT_LIKES = new Set([
  'would',
  'id',
  'feel',
  'feels',
  'felt',
  'look',
  'looks',
  'looking',
  'seems',
  'sounds',
  'sound',
]);

/** The words of opinion that lead to titles, in order. */
export function findTriggers(words: readonly PromptWord[]): Trigger[] {
  const found: Trigger[] = [];
  for (let at = 0; at < words.length; at++) {
    const phrase = phrasesByFirst
      .get(words[at]!.word)
      ?.find((candidate) => startsWith(words, at, candidate.words));
    // "as quiet as Paterson"
    if (
      words[at]!.word === 'as' &&
      words[at - 2]?.word === 'as' &&
      !/^(?:soon|well|long|much|far|many|such|good)$/.test(words[at - 1]!.word)
    ) {
      found.push({ from: at - 2, to: at + 1, rating: 4, isComparison: true });
      continue;
    }
    if (!phrase) {
      // "loved Scarface (1932), not Scarface (1983)"
      if (words[at]!.word === 'not' && /,/.test(words[at]!.before) && words[at + 1]?.isCapital)
        found.push({ from: at, to: at + 1, rating: 2, isComparison: false });
      continue;
    }
    const name = phrase.words.join(' ');
    const to = at + phrase.words.length;
    const previous = words[at - 1]?.word ?? '';
    if (isOtherMeaning(name, previous, words[to]?.word ?? '')) continue;
    const isComparison =
      COMPARISONS.has(name) && !(name === 'like' && SUBJECTS.has(previous) && !isOfKind(words, at));
    const negation = findNegation(words, at);
    const isNegated = negation < at && !(isComparison && previous !== 'not' && previous !== 'nothing');
    found.push({
      from: isNegated ? negation : at,
      to,
      rating: isNegated ? negated(phrase.rating) : phrase.rating,
      isComparison,
    });
    at = to - 1;
  }
  return found;
}

function startsWith(words: readonly PromptWord[], at: number, phrase: readonly string[]): boolean {
  return phrase.every(
    (word, offset) =>
      words[at + offset]?.word === word && (offset === 0 || !/[.!?;:\n,]/.test(words[at + offset]!.before)),
  );
}

/** "something kind of like X" compares although a subject word stands before. */
const isOfKind = (words: readonly PromptWord[], at: number): boolean =>
  /^(?:kind|sort|kinda|just|somewhat)$/.test(words[at - 1]?.word ?? '') &&
  !/^(?:i|we)$/.test(words[at - 2]?.word ?? '');

function isOtherMeaning(phrase: string, previous: string, next: string): boolean {
  if (phrase === 'like')
    return NOT_LIKES.has(previous) && !/^(?:look|looking|feel|feels|felt|looks|seems|sounds)$/.test(previous)
      ? true
      : next === 'to' || (next === 'it' && previous !== 'i');
  if (phrase === 'love' || phrase === 'loving')
    return (
      next === 'to' ||
      next === 'story' ||
      next === 'stories' ||
      next === 'triangle' ||
      /^(?:a|in|of|about|the|true|first|young|forbidden|doomed|d)$/.test(previous) ||
      previous === 'would' ||
      previous === 'id'
    );
  if (phrase === 'into') return !/^(?:im|really|am|was|were|are|not|so|totally|been)$/.test(previous);
  if (phrase === 'enjoy' || phrase === 'liked') return next === 'to';
  if (phrase === 'hate') return next === 'to' || previous === 'id';
  if (phrase === 'wie') return /^(?:ist|war|so)$/.test(next);
  if (phrase === 'seen' || phrase === 'saw' || phrase === 'watched') return previous === 'be';
  return false;
}

function findNegation(words: readonly PromptWord[], at: number): number {
  for (let back = at - 1; back >= Math.max(0, at - 4); back--) {
    if (/[.!?;,\n]/.test(words[back + 1]!.before)) return at;
    if (NEGATORS.has(words[back]!.word)) {
      // "couldn't", "don't" as one word; "did not" with its helper.
      return /^(?:did|do|does|was|could|can|have|ho|ai|i)$/.test(words[back - 1]?.word ?? '')
        ? back - 1
        : back;
    }
    if (!BETWEEN_NEGATION.has(words[back]!.word)) return at;
  }
  return at;
}

const negated = (rating: number): number => (rating >= 5 ? 2.5 : rating >= 4 ? 2 : rating === 3 ? 2.5 : 3);

const TRAILING: [number, RegExp][] = [
  [1, /^(?:absolutely |just |totally |really )?(?:sucked|sucks|is garbage|was garbage|is trash|was trash|was awful|is awful|was terrible|is terrible|was horrible|is horrible|was the worst|is the worst|was dreadful|was unbearable|was painful|fand ich furchtbar|fand ich schrecklich|war furchtbar|etait nul|nul)\b/],
  [2, /^(?:was|is|were|are)?\s*(?:a bit |a little |so |too |very |really |pretty |kind of |just |rather )?(?:boring|bored me|dull|bad|overrated|disappointing|a disappointment|disappointed me|weak|left me cold|didnt work for me|did not work for me|wasnt for me|was not for me|not for me|put me to sleep|not good|wasnt good|not great|wasnt great|nicht gut|langweilig|war langweilig|nicht|pas terrible)\b/],
  [3, /^(?:was|is|were|are)?\s*(?:just |only )?(?:ok|okay|alright|fine|so so|meh|decent|average|mediocre|passable|not bad|wasnt bad|all right)\b/],
  [3, /^less so\b/],
  [5, /^(?:is|was|are|were|ist|war|est|es|e|blew me away|changed my life)?\s*(?:absolutely |simply |truly |really |just |probably |easily |still |by far |one of |both |all |surprisingly |incredibly |genuinely |actually |so |pretty )*(?:my \w+s |my all time |my |the |a |an |mein |mi |mon )?(?:absolute |all time )*(?:favourites?|favorites?|favs?|faves?|masterpieces?|perfect|perfection|amazing|brilliant|incredible|fantastic|phenomenal|outstanding|wonderful|best|greatest|blew me away|great|excellent|superb|stunning|awesome|lieblingsfilm|genial|fantastisch|grossartig|favorita|prefere)\b/],
  [4, /^(?:was|is|were|are|ist|war)?\s*(?:pretty |really |quite |very |so |also |both |all )*(?:good|fun|nice|enjoyable|solid|cool|entertaining|lovely|charming|gut|gefiel mir|hat mir gefallen|hat mir gut gefallen|mochte ich)\b/],
]; // prettier-ignore

/** A verdict after a title, "Heat was great"; null when there is none. */
export function trailingRating(
  words: readonly PromptWord[],
  at: number,
): { rating: number; to: number } | null {
  if (at >= words.length || /[.!?;\n]/.test(words[at]!.before)) return null;
  let phrase = words[at]!.word;
  const ends = [phrase.length];
  for (
    let next = at + 1;
    next < Math.min(words.length, at + 8) && !/[.!?;,\n]/.test(words[next]!.before);
    next++
  ) {
    phrase += ` ${words[next]!.word}`;
    ends.push(phrase.length);
  }
  for (const [rating, pattern] of TRAILING) {
    const match = pattern.exec(phrase);
    if (match) return { rating, to: at + 1 + ends.findIndex((end) => end >= match[0].length) };
  }
  return null;
}
