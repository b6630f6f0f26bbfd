import type { Lexicon } from './lexicon.ts';
import { sayMoodsPlainly } from './moodPhrases.ts';
import { withoutOffTopic } from './offTopic.ts';
import { apart, joined, spellOutRefusals } from './refusedWords.ts';

/**
 * What is left of a prompt when titles, opinions and filters are taken out: the words a title's text is matched with,
 * and the same cut into short phrases for chips.
 * @param repeats what the filters say already: no chip of its own. Among the preferences it stays, since the most western
 *   of all westerns come first by it
 * @param areRepeatsLeftOut also of the preferences: beside titles to be like, what those share says more than a genre's bare name
 */
export function restOf(
  text: string,
  taken: readonly { start: number; end: number }[],
  repeats: Repeats = { without: (phrase) => phrase },
  areRepeatsLeftOut = false,
): { preferences: string; wishes: string[] } {
  const clauses = spellOutRefusals(sayMoodsPlainly(withoutOffTopic(cut(text, taken))))
    .split(/[.!?;\n…]+(?=\s|$)|[;\n]|,(?!\d)|[()[\]{}"“”„«»*|•·]+|\s[-–—]+\s|:\s/u)
    .map(tidy)
    .filter(
      (clause) =>
        /[\p{L}\p{N}]/u.test(clause) &&
        !isFiller(clause) &&
        !(areRepeatsLeftOut && repeats.without(clause) === ''),
    );
  const wishes = clauses
    .flatMap((clause) =>
      clause.split(
        /(?<!\bblack)(?<!\b(?:anything|nothing))\s+(?:and|but|with|plus|und|mit|et|avec|y|con|e)\s+/iu,
      ),
    )
    .map((wish) => repeats.without(tidy(wish).replace(/^(?:an?|the|some|ein|eine|un|une|una)\s+/iu, '')))
    .filter((wish) => /[\p{L}\p{N}]/u.test(wish) && !isFiller(wish))
    .map(apart)
    .map((wish) => (wish.length > 80 ? `${wish.slice(0, 79).trimEnd()}…` : wish));
  return { preferences: joined(clauses.join(', ')), wishes: [...new Set(wishes)].slice(0, 12) };
}

/** A bar where something was taken: what stood on both sides is not one phrase. */
function cut(text: string, taken: readonly { start: number; end: number }[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of taken.toSorted((a, b) => a.start - b.start)) {
    if (start > at) rest += text.slice(at, start);
    if (end > at && !rest.endsWith('|')) rest += '|';
    at = Math.max(at, end);
  }
  return rest + text.slice(at);
}

/** Grown-ups a prompt tells of. Children are none: who asks for them asks for their kind of film. */
const KIN = String.raw`(?:grandmother|grandma|granny|gran|nana|grandfather|grandpa|grandad|granddad|mother|mom|mum|father|dad|parents|wife|husband|partner|girlfriend|boyfriend|sister|brother|aunt|uncle|friends?|best friend|flatmate|roommate|colleague|boss)`;
/** "my grandmother", left over from "my grandmother loved Casablanca". */
const SOMEBODY = new RegExp(
  String.raw`^(?:my|our)\s+${KIN}(?:\s+(?:and|&)\s+(?:(?:my|our)\s+)?(?:i|me|${KIN}))*$`,
  'iu',
);

const LEADS = new RegExp(
  String.raw`^(?:${[
    `and`,
    `but`,
    `or`,
    `so`,
    `also`,
    `then`,
    `now`,
    `well`,
    `hi`,
    `hello`,
    `hey`,
    `please`,
    `thanks`,
    `ok`,
    `okay`,
    `maybe`,
    `perhaps`,
    `just`,
    `only`,
    `ideally`,
    `preferably`,
    `tonight`,
    `today`,
    String.raw`i(?:'|’)?m`,
    String.raw`i am`,
    `we are`,
    String.raw`we(?:'|’)re`,
    `i`,
    `we`,
    `really`,
    `currently`,
    `in the mood for`,
    `in a mood for`,
    `mood for`,
    `in the mood`,
    `looking for`,
    `look for`,
    `looking to watch`,
    `searching for`,
    `hoping for`,
    `after`,
    String.raw`(?:would|(?:'|’)?d) (?:like|love)(?: to (?:watch|see|find|get))?`,
    String.raw`i(?:'|’)d (?:like|love)(?: to (?:watch|see|find|get))?`,
    `want(?: to (?:watch|see|find|get))?`,
    `wanna (?:watch|see)`,
    `need`,
    `feel like(?: watching)?`,
    `fancy`,
    `craving`,
    `prefer`,
    `recommend(?: me| us)?`,
    `suggest(?: me| us)?`,
    `give me`,
    `show me`,
    `find me`,
    `get me`,
    `can you(?: please)?`,
    `could you(?: please)?`,
    `what (?:should|can|do) i watch`,
    `what to watch`,
    `any (?:recommendations|suggestions|ideas)(?: for)?`,
    `is there`,
    `are there`,
    `do you know`,
    `do you have`,
    `help me find`,
    `surprise (?:me|us)`,
    String.raw`my ${KIN} (?:really |always )?(?:loves?|loved|likes?|liked|adores?|adored|enjoys?|enjoyed)`,
    `me`,
    `us`,
    `for`,
    `to watch`,
    `watch`,
    String.raw`(?:something|anything|stuff|things|movies?|films?|flicks?|titles?|one|ones|more)(?= (?:that|which|with|about|where|like|in|more|less|to)\b)`,
    `something`,
    `anything(?! but)`,
    `somewhat`,
    String.raw`what(?:(?:'|’)?s| is| are)`,
    `(?:that|which)(?:'|’)?s`,
    `(?:that|which) (?:is|are|was|were)`,
    `that(?= )`,
    `it should be`,
    `should be`,
    `must be`,
    `to be`,
    `be`,
    `is`,
    `are`,
    `of`,
    `than`,
    `as well`,
    `too`,
    `other`,
    `others`,
    `else`,
    `similar`,
    `like`,
    `with`,
    `hallo`,
    `salut`,
    `bonjour`,
    `hola`,
    `ciao`,
    `bitte`,
    `gimme`,
    `ich suche`,
    `wir suchen`,
    `ich h(?:ä|ae)tte gerne?`,
    `et je cherche`,
    `nous cherchons`,
    `je voudrais`,
    `(?:un|quelque) chose de`,
    `y busco`,
    `estoy buscando`,
    `sto cercando`,
    `vorrei(?: vedere)?`,
    `e cerco`,
    `di(?= (?:simile|più|meno))`,
    `simile(?= ma)`,
    `parecido(?= pero)`,
    `similaire(?= mais)`,
    `[äÄ]hnliches(?=,? aber)`,
    `suche`,
    `ich will`,
    `ich m(?:ö|oe)chte`,
    `etwas`,
    `je cherche`,
    `cherche`,
    `je veux`,
    `quelque chose`,
    `busco`,
    `quiero(?: ver)?`,
    `algo`,
    `cerco`,
    `voglio(?: vedere)?`,
    `qualcosa`,
  ].join('|')})(?![\p{L}\p{N}'’])[\s,:]*`,
  'iu',
);
const TAILS =
  /[\s,:]+(?:and|but|or|also|please|with|a|an|the|for|to|that|which|is|tonight|today|thanks|thank you|too|as well|though|from|in|on|by|of|more|again|und|oder|et|y|e|o|bitte|danke|heute abend|s['’]il (?:te|vous) pla[iî]t|merci|pour ce soir|ce soir|por favor|gracias|esta noche|para esta noche|per favore|grazie|stasera|per stasera)$/iu;

/** Without the words that only ask. */
function tidy(clause: string): string {
  let rest = clause.replace(/\s+/g, ' ').replace(/^[\s,.:;!?'’\-–—/&+~]+|[\s,.:;!?\-–—/&+~]+$/gu, '');
  for (let round = 0; round < 12; round++) {
    const shorter = rest.replace(LEADS, '').replace(TAILS, '').trim();
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

const FILLERS = new Set(
  `a an the and or but so i we you he she they it its me my mine us our this that these those some any all both one ones more most other others else
  movie movies film films flick flicks show shows series title titles tv something anything stuff things thing recommendation recommendations suggestion suggestions list
  watch watched watching see seen saw want wanted wants need like liked love loved hate hated enjoy enjoyed really very much lot lots too also just only again please thanks thank
  hi hello hey there is are was were be been being am do does did have has had will would could should can may not no yes in on at of to for from by with as
  good great nice best better favorite favorites favourite favourites same similar such them their his her what which who when where how why if then than im ive id
  rating ratings rate rated stars star out give gave got get tonight today now though although because however especially time times ok okay fine
  isnt isn t yesterday anymore already else nothing same here lately whats
  ähnliches aehnliches ähnlich aehnlich ähnliche vergleichbares in der art suche gerne gern bitte danke hallo mehr davon film filme filmen heute abend was kann soll ich schauen sehen
  similaire similaires semblable pareil cherche je quelque chose de du genre plus ce soir salut bonjour merci comme ça film films voir regarder
  parecido parecida parecidos similar similares busco algo más mas como eso esta noche hola por favor gracias película peliculas películas ver
  simile simili cerco qualcosa di più come quello stasera ciao grazie per favore film vedere
  ich du er sie es wir mag mochte film filme etwas und oder aber nicht je tu il elle nous un une des les le la et mais pas yo el los las una uno y pero no me gusta gusto io che di e ma non mi piace`.split(
    /\s+/,
  ),
);

const WHEN =
  /^(?:just )?(?:last (?:night|week|weekend|month)|the other (?:day|night)|this (?:week|weekend))$/iu;

const isFiller = (clause: string): boolean =>
  WHEN.test(clause) ||
  SOMEBODY.test(clause) ||
  clause
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => word === '' || FILLERS.has(word));

/** What the filters say already, of the phrases of a wish. */
export interface Repeats {
  /** The phrase without it: "claustrophobic sci-fi" → "claustrophobic"; "western" → "". */
  without(phrase: string): string;
}

/**
 * Genres that the list is restricted to anyway: one is a filter or a wish, not both. A kind of film that has a tag of its
 * own stays whole ("dark comedy").
 * @param genres of the filter
 */
export function genreRepeats(genres: readonly string[], lexicon: Lexicon): Repeats {
  const known = new Map<string, boolean>();
  const isWanted = (word: string): boolean => {
    let isKnown = known.get(word);
    if (isKnown === undefined) known.set(word, (isKnown = isGenre(word)));
    return isKnown;
  };
  const isGenre = (word: string): boolean => {
    const genre = lexicon.genres.find(word) ?? lexicon.genres.find(word.replace(/s$/u, ''));
    return genre !== null && genres.includes(genre.name);
  };
  return {
    without(phrase) {
      if (genres.length === 0 || REFUSES.test(phrase)) return phrase;
      const words = phrase.replace(/\b(?:sci[\s-]?fi|science[\s-]fiction)\b/giu, 'scifi').split(/\s+/);
      const bare = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}-]/gu, ''));
      if (bare.every((word) => isWanted(word) || FILLERS.has(word))) return '';
      const at = bare.findIndex(isWanted);
      if (at < 0 || (at > 0 && lexicon.tags.find(`${bare[at - 1]!} ${bare[at]!}`))) return phrase;
      const after = words.slice(at + 1).filter((_, place) => place > 0 || !FILM.test(bare[at + 1]!));
      // In the middle of a sentence it holds the words together: "a spy thriller with a heart".
      const isEdge =
        after.length === 0 ||
        (at === 0 && /^(?:about|on|featuring)$/u.test(bare[words.length - after.length]!));
      if (!isEdge) return phrase;
      return [...words.slice(0, at), ...(at === 0 ? after.slice(1) : [])].join(' ');
    },
  };
}

const REFUSES = /\b(?:no|not|without|never|non)\b/iu;
const FILM = /^(?:movies?|films?|flicks?|stories|story)$/u;
