import { phraseAt, phraseTable } from './phraseTable.ts';
import type { PromptWord } from './words.ts';

/** What words of liking and disliking mean as a rating. Phrases are of normalised words: no apostrophes. */
const LEADING: [number, string][] = [
  [5, `adores|adoring|loves|loved|love|loving|adore|adored|obsessed with|crazy about|blown away by|favourite is|favorite is|favourites are|favorites are|fav is|fave is|favs are|faves are|favs|faves|fav|fave
    |favourite movie is|favorite movie is|favourite film is|favorite film is|favourite movies are|favorite movies are|favourite films are|favorite films are
    |favourite show is|favorite show is|favourite movies|favorite movies|favourite films|favorite films|favourites include|favorites include|favourites|favorites|favourite|favorite
    |all time favorites|all time favourites|huge fan of|big fan of|massive fan of|in love with|cant get enough of|best movie ever is|was amazed by|amazed by|top 3|top three|top 5|top five|top 10|top ten|nothing beats|nothing tops|cant beat|can never get enough of|head over heels for|worship|worshipped|treasure|cherish|live for|die hard fan of|biggest fan of|lifelong fan of|ich liebte|habe geliebt|vergottere|jai beaucoup aime|jai trop aime|me flipo|me fascino|me fascina|me encantan|mi ha fatto impazzire
    |ich liebe|liebe|liebte|geliebt|lieblingsfilm ist|lieblingsfilme sind|lieblingsfilm|jadore|adore|jai adore|jai adoree|me encanto|me encanta|me encantaron|encanto|encanta|amo|ame|amei|adorei
    |ho adorato|adoro|ho amato|amato|adorato|mi favorita es|mi pelicula favorita es|mon film prefere est|il mio film preferito e`],
  [4, `prefer|preferred|likes|enjoys|liked|enjoyed|enjoy|enjoying|like|a fan of|fan of|fans of|dig|dug|really into|impressed by|had fun with|had a great time with|good time with|appreciated|rewatched|rewatch|rewatching|yes to|got the hype around|get the hype around|understood the hype around|understand the hype around|see the appeal of|get the appeal of|got the point of|get the point of|into
    |sequel to|a sequel to|the sequel to|prequel to|follow up to|successor to|similar to|similar 2|close to|same vibe as|same energy as|vibe of|in the same vein as|in the manner of|remind us of|fell for|a sucker for|sucker for|fond of|had a blast with|got a kick out of|keen on|reminiscent of|in the vein of|in the style of|in the spirit of|along the lines of|akin to|reminds me of|remind me of|the vibe of|vibes of|feel of|mood of|such as|a la
    |mochte|mag|gefallen hat mir|gefiel mir|gefallt mir|mir gefiel|mir gefallt|hat mir gefallen|ahnlich wie|so wie|wie|jai aime|jai bien aime|aime|jaime|comme|me gusto|me gusta|me gustaron|me gustan|gusto|gusta|parecido a|parecida a|como
    |mi e piaciuto|mi e piaciuta|mi piace|mi piacciono|mi sono piaciuti|simile a|gostei de|gosto de`],
  [3, `meh about|wanted to love|wanted to like|meh|didnt mind|dont mind|doesnt mind|was ok with|was okay with|indifferent to|indifferent about|mixed feelings about|neutral on|neutral about|tolerated|lukewarm on|not bothered by|was fine with|im fine with|on the fence about|finished|just finished|finished watching|binged|just binged|already know|that isnt|that is not|thats not|which isnt|that arent|apart from|aside from
    |have seen|ive seen|already seen|already saw|already watched|just watched|just saw|have watched|ive watched|seen|saw|watched|wasnt crazy about|so so on`],
  [2, `never finished|didnt finish|stopped watching|scared by|freaked out by|less like|dislikes|dislike|disliked|bored by|was bored by|bored with|disappointed by|disappointed in|disappointed with|let down by|couldnt get into|cant get into|could not get into|didnt get|wasnt into|not into|couldnt finish|couldnt get through|cant get through|could not get through|fell asleep during|fell asleep in|i walked out of|we walked out of|turned off|dont get|dont understand the hype about|dont get the hype around|struggled with|no fan of|wasnt a fan of|isnt for me|not keen on|not big on|wasnt keen on|not crazy about|fed up with|no to|got bored of|got bored with|gave up on
    |underwhelmed by|not much for|tired of|sick of|but not|rather than|unlike|nothing like|not like|except for|except|other than|didnt care for|dont care for|did not care for|wasnt impressed by|not impressed by|didnt connect with|langweilte mich bei|decu par|deçu par|decepcionado con`],
  [1, `hates|hated|hate|hating|despise|despised|loathe|loathed|detest|detested|cant stand|couldnt stand|could not stand|cannot stand|cant bear|couldnt bear|couldnt take|cant take|no patience for|abhor|abhorred|appalled by|disgusted by
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

const PHRASES = phraseTable(LEADING);

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
  `like|sequel to|a sequel to|the sequel to|prequel to|follow up to|successor to|similar to|similar 2|close to|same vibe as|same energy as|vibe of|in the same vein as|in the manner of|remind us of|fell for|a sucker for|sucker for|fond of|had a blast with|got a kick out of|keen on|reminiscent of|in the vein of|in the style of|in the spirit of|along the lines of|akin to|the vibe of|vibes of|feel of|mood of|such as|a la|ahnlich wie|so wie|wie|comme|parecido a|parecida a|como|simile a`.split(
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
    const phrase = phraseAt(PHRASES, words, at);
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
      rating: isNegated ? negated(phrase.value) : phrase.value,
      isComparison,
    });
    at = to - 1;
  }
  return found;
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
  if (phrase === 'close to') return /^(?:get|getting|so|too|stay|up|live|living)$/.test(previous);
  if (phrase === 'treasure' || phrase === 'cherish' || phrase === 'worship')
    return !/^(?:i|we|still|really|also)$/.test(previous);
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

const COPULAS = String.raw`(?:is|was|are|were|felt|feels|seems|seemed|looked|remains|s|has been|have been|ist|war|sind|waren|fand ich|est|etait|sont|etaient|cetait|es|fue|era|son|fueron|e|sono|erano|i found|is just|was just)`;
const COPULA = String.raw`(?:(?:however|though|honestly|imo|itself|on the other hand|admittedly) )?(?:${COPULAS} )?`;
const ADVERBS = String.raw`(?:(?:both|all|each|absolutely|simply|truly|really|just|probably|easily|still|by far|one of|two of|three of|among|surprisingly|incredibly|insanely|genuinely|actually|so|pretty|very|quite|rather|a bit|a little|kind of|kinda|sort of|totally|completely|utterly|always|also|only|such|such a|far|way|super|fucking|bloody|damn|ziemlich|sehr|einfach|tres|trop|vraiment|muy|molto|etwas) )*`;
const OWNER = String.raw`(?:(?:my \w+s|my all time|my|our|the|a|an|mein|mi|mon|pure|absolute|all time|total|complete) )*`;
const verdict = (words: string): RegExp =>
  new RegExp(String.raw`^${COPULA}${ADVERBS}${OWNER}(?:${words})(?![\p{L}\d])`, 'u');

/** "was too clever for its own good": too much of anything but fun. */
const TOO_MUCH = new RegExp(
  String.raw`^(?:(?:itself|honestly|imo|though) )?(?:${COPULAS} )?(?:(?:a bit|a little|just|simply|far|way|all) )*too (?!(?:good|funny|great|cute|cool|with|when|from|that|because|since|though)\b)\p{L}{4,}(?: for (?:me|us|its own good|my (?:taste|liking)))?(?![\p{L}\d])`,
  'u',
);

const TRAILING: [number, RegExp][] = [
  [3.5, verdict(`(?:amazing|gorgeous|beautiful|stunning|great|lovely|nice|wonderful) to look at`)],
  [3.5, /^(?:looked|looks) (?:(?:absolutely|really|simply) )?(?:amazing|gorgeous|beautiful|stunning|great|incredible|fantastic|lovely|nice|wonderful)(?![\p{L}\d])/u],
  [5, /^(?:(?:i|we) )?(?:could|can|would) (?:(?:happily|easily|always) )?(?:re)?watch (?:(?:it|them|that|this) )?(?:again and again|over and over(?: again)?|on repeat|on loop|forever|any ?time|every day|all day)(?![\p{L}\d])/u],
  [2.5, verdict(`(?:not|isnt|wasnt|never|nowhere near|not nearly) (?:quite )?as \\w+ as (?:(?:they|people|everyone|everybody|critics|friends|i|we) \\w+|the (?:hype|first(?: one)?|original|book|others|reviews?(?: say| said)?)|its reputation|advertised|expected|hoped)`)],
  [2, /^(?:i |we )?(?:fell asleep|dozed off|nodded off|got bored|gave up|walked out|(?:turned|switched) (?:it )?off)(?![\p{L}\d])/u],
  [2, TOO_MUCH],
  [2, /^(?:hell |a hard |big )?(?:no|nope|nah)(?![\p{L}\d])/u],
  [4, /^(?:hell |big )?(?:yes|yep|yeah)(?![\p{L}\d])/u],
  [3, verdict(`not bad|wasnt bad|not terrible|not awful|wasnt terrible|less so|ok|okay|oke|alright|fine|so so|meh|decent|average|mediocre|passable|all right|watchable|didnt hate|middling|nothing special|hit and miss|correcto|ganz ok|pas mal`)],
  [2, verdict(`(?:not|wasnt|isnt|werent|arent|nicht|not at all|never)(?: (?:that|so|very|all that|really|particularly|especially|as|my|a|for))* (?:good|great|funny|fun|special|me|thing|cup of tea|taste|gut|interesting|scary|fan|impressive)|didnt work for me|did not work for me|didnt do it for me|did nothing for me|didnt land|didnt grab me|left me cold|left me flat|put me to sleep|sent me to sleep|lost me|let me down|not for me|pas terrible|nicht`)],
  [1, verdict(`sucked|sucks|garbage|trash|rubbish|crap|awful|terrible|horrible|horrid|worst|dreadful|unbearable|painful|unwatchable|atrocious|abysmal|appalling|disaster|disgusting|hated it|furchtbar|schrecklich|schlecht|nul|nulle|horrible|malisima|malisimo|terribile|orribile|pesimo`)],
  [2, verdict(`boring|bored me|bores me|dull|bad|overrated|over rated|overhyped|disappointing|disappointment|disappointed me|let down|letdown|weak|lame|tedious|slog|snooze|snoozefest|pretentious|stupid|dumb|mess|forgettable|annoying|annoyed me|irritating|cringe|cringy|underwhelming|waste of time|tested my patience|slow|too long|too much(?: for (?:me|us))?|confusing|exhausting|langweilig|ennuyeux|ennuyeuse|aburrida|aburrido|noiosa|noioso`)],
  [5, verdict(String.raw`(?!dull|bor|weak|long|slow|wor)\w{3,}est (?:film|movie|show|series|thing|one|comedy|drama)|favourites?|favorites?|favs?|faves?|masterpieces?|perfect|perfection|amazing|brilliant|incredible|fantastic|phenomenal|outstanding|wonderful|best|greatest|blew me away|blew my mind|changed my life|broke my heart|stunning|awesome|peak|legendary|unbeatable|sublime|magnificent|flawless|extraordinary|exceptional|marvell?ous|nailed it|goat|rocked|rocks|rules|ruled|slaps|slapped|number one|no 1|top tier|floored me|gold|genius|unforgettable|spectacular|lieblingsfilm|genial|geniale|fantastisch|grossartig|wunderbar|favorita|favorito|prefere|preferito|magnifique|formidable|genial|maravillosa|maravilloso|increible|bellissimo|fantastico|stupendo|capolavoro|chef doeuvre|meisterwerk|obra maestra`)],
  [4.5, verdict(`great|excellent|superb|terrific`)],
  [4, verdict(`just right|better|devastating|powerful|haunting|intense|close second|number two|number three|good|(?:great|ridiculous|good|silly|big|huge|pure|dumb|lots of|a lot of|much|tremendous|wild|proper) fun|fun|nice|enjoyable|solid|cool|entertaining|lovely|charming|funny|hilarious|gripping|beautiful|touching|moving|thrilling|interesting|underrated|sweet|clever|comfort film|comfort movie|comfort show|comfort watch|made (?:me|us) (?:cry|laugh|smile|think|feel|weep|sob|happy)|cracked me up|moved me|broke me|worked for me|stuck with me|stayed with me|hit the spot|hit hard|gut|schon|gefiel mir|hat mir gefallen|hat mir gut gefallen|mochte ich|bien|buena|buena|bello|carino`)],
]; // prettier-ignore

/** A verdict whose object stands first: "1917 I adored". */
const FRONTED: [number, RegExp][] = [
  [5, /^(?:however |though |on the other hand )?i (?:really |absolutely |just |also |honestly |totally |truly )*(?:loved|love|adored|adore)$/],
  [4, /^i (?:really |quite |just |also |rather |did )*(?:liked|like|enjoyed|enjoy|appreciated)$/],
  [1, /^i (?:really |absolutely |just |also )*(?:hated|hate|despised|loathed|couldnt stand|cant stand|detested)$/],
  [2, /^i (?:really |just )*(?:disliked|dislike|didnt like|didnt enjoy|didnt care for|couldnt finish|never finished|wasnt into|found boring|did not like)$/],
]; // prettier-ignore

const VERB = new RegExp(
  String.raw`^(?:(?:(?:however|though|honestly|imo|itself|on the other hand|admittedly) )?${COPULAS}|sucked|sucks|bored|bores|disappointed|left|put|sent|did|lost|let|blew|changed|broke|nailed|rocked|rocks|rules|ruled|slaps|slapped|floored|made|cracked|moved|worked|stuck|stayed|hit|gefiel|hat|mochte|annoyed)\b`,
  'u',
);

export const endsClause = (next: PromptWord | undefined): boolean =>
  next === undefined ||
  /[.!?;,\n:)/|-]/.test(next.before) ||
  /^(?:and|but|though|while|aber|mais|pero|ma|und|et|y|e)$/.test(next.word);

/** Like `trailingRating`, for "Titanic I hated" at the end of a clause. */
export function frontedRating(
  words: readonly PromptWord[],
  at: number,
): { rating: number; to: number } | null {
  for (let to = Math.min(words.length, at + 7); to > at + 1; to--) {
    if (!endsClause(words[to])) continue;
    if (words.slice(at, to).some(({ before }) => /[.!?;,\n]/.test(before))) continue;
    const phrase = words
      .slice(at, to)
      .map(({ word }) => word)
      .join(' ');
    const found = FRONTED.find(([, pattern]) => pattern.test(phrase));
    if (found) return { rating: found[0], to };
  }
  return null;
}

/** A verdict after a title, "Heat was great"; null when there is none. */
export function trailingRating(
  words: readonly PromptWord[],
  at: number,
): { rating: number; to: number } | null {
  if (at >= words.length) return null;
  const fronted = frontedRating(words, at);
  if (fronted) return fronted;
  const isAnswer = /^["'”’)]?\s?[?!:]\s$/.test(words[at]!.before);
  if (!isAnswer && /[.!?;\n]/.test(words[at]!.before)) return null;
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
  // The longest says most: "great fun" is not "great".
  const matches = TRAILING.flatMap(([rating, pattern]) => {
    const match = pattern.exec(phrase);
    return match ? [{ rating, match }] : [];
  }).sort((a, b) => b.match[0].length - a.match[0].length);
  for (const { rating, match } of matches) {
    const to = at + 1 + ends.findIndex((end) => end >= match[0].length);
    // "Gravity? Fine." answers; "Gravity? Great actors wanted" does not. "Jaws, good story" goes on after a comma.
    const isApart =
      isAnswer ||
      words[at]!.before.includes(',') ||
      !(VERB.test(match[0]) || words[at]!.before.includes('='));
    if (!isApart || endsClause(words[to])) return { rating, to };
  }
  return null;
}
