import { placeOf, type FoundFilter } from './findFilters.ts';
import type { Lexicon } from './lexicon.ts';

/** Genre words as people say them; those that are nouns by themselves ("a western") may restrict without "film". */
const NOUNS = String.raw`comed(?:y|ies)|rom[\s-]?coms?|westerns?|documentar(?:y|ies)|thrillers?|dramas?|musicals?|cartoons?|mysteries|mystery|romances?|horror|science[\s-]fiction|sci[\s-]?fi|fantasy`;
/** Those with an article or a plural; "claustrophobic sci-fi with a slow burn" is a mood. */
const COUNTED = String.raw`comed(?:y|ies)|rom[\s-]?coms?|westerns?|documentar(?:y|ies)|thrillers?|dramas?|musicals?|cartoons?|mysteries|romances`;
const ADJECTIVES = String.raw`${NOUNS}|action|adventure|animat(?:ed|ion)|crime|family|historical|history|romantic|war|comedic|scary|sf`;
const TITLE_NOUN = String.raw`(?:movies?|films?|flicks?|shows?|series|stories|titles|pictures?)`;
const ONE = String.raw`(${ADJECTIVES})`;
const QUALITIES = String.raw`(?:(?!no\b|not\b|and\b|with\b|like\b|than\b)[\p{L}'’-]+\s+){0,3}?`;
const ASK = String.raw`(?:want(?: to (?:watch|see))?|would like|i['’]?d like|we['’]?d like|looking for|looking to watch|recommend(?: me)?|suggest(?: me)?|need|find me|give me|show me|mood for|feel like|fancy|craving|watch|any|some|only|suche|ich will|cherche|veux|busco|quiero|cerco|voglio)`;

const PATTERNS = [
  // "a horror film", "some good horror movies", "horror movies only"
  new RegExp(
    String.raw`(?:^|[.!?;,\n]\s*|\b(?:an?|${ASK})\s+(?:an?\s+|some\s+|any\s+|me\s+)?)${QUALITIES}${ONE}(?:[\s/-]+(?:and\s+|or\s+)?${ONE})?\s+${TITLE_NOUN}\b`,
    'giu',
  ),
  // "I want a comedy", "give me comedies"
  new RegExp(
    String.raw`\b${ASK}\s+(?:me\s+|some\s+|any\s+)*(?:an?\s+)?${QUALITIES}(?:${ONE}[\s/-]+)?(${COUNTED})\b(?!\s*[-/]?\s*(?:elements?|vibes?|feel|tropes?|fans?|twist|undertones?))`,
    'giu',
  ),
  // "a documentary about music"
  new RegExp(
    String.raw`(?:^|[.!?;\n])\s*(?:what(?:['’]?s| is| are)\s+)?(?:an?|some)\s+${QUALITIES}(?:${ONE}[\s/-]+)?(${COUNTED})\b(?!\s*[-/])`,
    'giu',
  ),
  // "documentaries about food", "claustrophobic sci-fi": of genres with a clear border; thrillers and dramas are half of all films
  new RegExp(
    String.raw`(?:^|[.!?;,…\n]\s*|\b${ASK}\s+)(?:(?!no\b|not\b|and\b|with\b|like\b|than\b|my\b|the\b|most\b)[\p{L}'’-]+\s+){0,2}?(westerns|documentaries|musicals|cartoons|science[\s-]fiction|sci[\s-]?fi)(?=\s*$|\s*[.!?;,]|\s+(?:about|with|set|from|in|that|on|where|for|of|featuring|starring|by|and|but)\b)`,
    'giu',
  ),
  // "only comedies", "strictly horror", "must be a western"
  new RegExp(
    String.raw`\b(?:only|just|strictly|exclusively|nothing but|must be|has to be|have to be|nur|solo|seulement)\s+(?:an?\s+|interested in\s+)?${ONE}\b(?:\s+(?:and|or)\s+${ONE}\b)?`,
    'giu',
  ),
  new RegExp(
    String.raw`\b${ONE}(?:\s+(?:movies?|films?))?(?:\s+(?:from|of|in)\s+[\p{L}\d]+(?:\s+[\p{L}\d]+){0,2})?\s+only\b(?=\s*(?:$|[.,;!)]|and\b|please\b))`,
    'giu',
  ),
];

const NEGATION = String.raw`(?:no(?: more)?|not(?: an?| any| into| in the mood for| a fan of)?|non|never|without(?: any)?|nothing(?: too| that is| that's)?|anything but|(?:any(?:thing)? )?except(?: for)?|don['’]?t (?:want|like|give me|show me|recommend)(?: any| me| me any| to (?:watch|see)(?: any)?)?|do not (?:want|like)(?: any)?|avoid|exclude|skip|hate|can['’]?t stand|keine?n?|pas de|sin|niente)`;
const NEGATED = new RegExp(
  String.raw`\b${NEGATION}[\s-]+(?:an?\s+|any\s+|the\s+)?(?:(?:kids['’]?|children['’]?s?|silly|stupid|superhero|teen)\s+)?${ONE}(?:filme?n?|s)?(?!\p{L})(?:\s+${TITLE_NOUN}\b|\s+stuff\b)?((?:\s*(?:,|\/|,?\s*\b(?:or|and|nor)\b)\s*(?:no\s+|not\s+|any\s+)?(?:${ADJECTIVES})s?(?!\p{L})(?:\s+${TITLE_NOUN}\b)?)*)`,
  'giu',
);
const NEXT = new RegExp(String.raw`(?<!\p{L})(?:${ADJECTIVES})(?=s?(?!\p{L}))`, 'giu');
/** "not too scary", "not only comedies": a measure, no exclusion. */
const MEASURE = /\bnot (?:too|only|just|really|so|very|necessarily|overly)\b/iu;

/** "something like Studio Ghibli but live action" */
const LIVE_ACTION = /\b(?:(?:but|only) )?live[\s-]action\b(?!\s+(?:remakes?|versions?|adaptations?))/giu;
const NOT_LIVE = /\b(?:no|not|than|nor|without|or|and|hate)\s?$/iu;

/** Genres the list is restricted to or must not have. */
export function findGenres(text: string, lexicon: Lexicon): FoundFilter {
  const excluded = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  let rest = text;
  for (const match of text.matchAll(NEGATED)) {
    if (MEASURE.test(match[0]) || isMixed(match[0], text.slice(match.index + match[0].length))) continue;
    for (const word of [match[1]!, ...((match[2] ?? '').match(NEXT) ?? [])])
      addGenre(word, lexicon, excluded);
    taken.push(placeOf(match));
    rest =
      rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  for (const match of text.matchAll(LIVE_ACTION)) {
    if (NOT_LIVE.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
    addGenre('animation', lexicon, excluded);
    taken.push(placeOf(match));
  }
  const wanted = new Set<string>();
  for (const pattern of PATTERNS)
    for (const match of rest.matchAll(pattern)) {
      if (
        /\b(?:not|no|never|without|like|loved?|hated?|enjoy(?:ed)?|liked)\b/iu.test(
          match[0].replace(WISH, ''),
        )
      )
        continue;
      // "the only musicals I can take" speaks of those it has named.
      if (/^only/iu.test(match[0]) && /\b(?:the|my|is|are|not)\s$/iu.test(rest.slice(0, match.index)))
        continue;
      for (const word of match.slice(1)) if (word) addGenre(word, lexicon, wanted);
    }
  for (const genre of excluded) wanted.delete(genre);
  return {
    filters: {
      ...(wanted.size ? { genres: [...wanted] } : {}),
      ...(excluded.size ? { excludeGenres: [...excluded] } : {}),
    },
    taken,
  };
}

/** "no horror elements", "no romance subplot", "without drama queens": not the genre. */
const isMixed = (_match: string, after: string): boolean =>
  /^[\s-]+(?:elements?|sub-?plots?|queens?|scenes?|tropes?|clich|interest|heroes|crimes?)/iu.test(after);

const WISH = /\b(?:i['’]?d|we['’]?d|would) like\b/giu;

function addGenre(word: string, lexicon: Lexicon, into: Set<string>): void {
  const names =
    /^rom/i.test(word) && /com/i.test(word)
      ? ['Romance', 'Comedy']
      : /^scary$/i.test(word)
        ? ['Horror']
        : [word];
  for (const name of names) {
    const genre = lexicon.genres.find(name);
    if (genre) into.add(genre.name);
  }
}
