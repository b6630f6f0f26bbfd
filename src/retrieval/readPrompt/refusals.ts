/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import type { Filters } from '../../domain.ts';
import { placeOf, type FoundFilter } from './findFilters.ts';
import type { Lexicon } from './lexicon.ts';
import { FILM_ADJECTIVES, KINDS_OF_FILM, peopleAt, placesOf } from './names.ts';

/**
 * People, languages and countries that are refused: "nothing with Tom Cruise", "no French films", "not in English". A wrong
 * refusal hides good titles, so only plain ones count: "not just French films", "nothing beats Tom Hanks" and "I have seen
 * nothing by Bergman" refuse nobody.
 */
export function findRefusals(text: string, lexicon: Lexicon): FoundFilter {
  const found = [refusedPeople(text, lexicon), refusedPlaces(text, lexicon), refusedSubtitles(text, lexicon)];
  return {
    filters: Object.assign({}, ...found.map(({ filters }) => filters)) as Filters,
    taken: found.flatMap(({ taken }) => taken),
  };
}

const REFUSING = String.raw`(?:nothing|none|no|not(?! (?:just|only|necessarily|even|a fan|sure|enough|one))|without|avoid|avoiding|skip|never|anything but|please no|(?:do not|don['’]?t) (?:want|give me|show me|recommend|suggest)(?: me)?)`;
const WHAT = String.raw`(?:(?:more|any|anything|another|other|please|the|those|movies?|films?|shows?|series|stuff|thing|one|ones|to see|to watch|that (?:has|have|stars?)|starring|featuring|directed|made|done|written)\s+){0,4}`;
const NAME = String.raw`([\p{L}.'’-]+(?:\s+[\p{L}.'’-]+){0,3})`;
const PERSON = new RegExp(String.raw`\b${REFUSING}\s+${WHAT}(with|by|from|of|starring|featuring|about)?\s*${NAME}`, 'giu'); // prettier-ignore
const NEXT_PERSON = new RegExp(String.raw`^['’]?s?\s*(?:,\s*(?:or|and|nor|no)?|\/|\b(?:or|and|nor)\b)\s*(?:no\s+|anything\s+)?(?:(?:with|by)\s+)?${NAME}`, 'iu'); // prettier-ignore
/** Somebody tells what they know, or praises. */
const NO_REFUSAL_BEFORE = /\b(?:seen|saw|watched|know|knew|heard|there['’]?s|there is|is|was|love|loved|like|liked|almost|next to)\s*(?:almost\s+|nearly\s+)?$/iu; // prettier-ignore
const NO_REFUSAL_AFTER = /^['’]?s?\s*(?:(?:movies?|films?|ones?)\s+)?(?:that i |i (?:have|haven|did|don|would)|fan\b|vibes?|type|style|level|clones?|imitat|wannabe|lookalike|could|can\b|has ever|ever\b)/iu; // prettier-ignore
const MOST_PEOPLE = 8;

function refusedPeople(text: string, lexicon: Lexicon): FoundFilter {
  const people = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  for (const match of text.matchAll(PERSON)) {
    if (NO_REFUSAL_BEFORE.test(text.slice(Math.max(0, match.index - 30), match.index))) continue;
    let said = match[2]!;
    let start = match.index + match[0].length - said.length;
    let end = match.index;
    // A surname alone counts after "by" and the like, as it does where somebody is wanted.
    const lead = /by|directed|starring/i.test(match[0]) ? 'by' : 'with';
    for (let count = 0; count < MOST_PEOPLE; count++) {
      const found = peopleAt(said, lead, lexicon);
      if (!found || NO_REFUSAL_AFTER.test(text.slice(start + found.length, start + found.length + 30))) break;
      for (const name of found.names) people.add(name);
      end = start + found.length;
      const next = NEXT_PERSON.exec(text.slice(end, end + 80));
      if (!next) break;
      said = next[1]!;
      start = end + next[0].length - said.length;
    }
    if (end > match.index) taken.push({ start: match.index, end: withFilmWord(text, end) });
  }
  return { filters: people.size ? { excludePeople: [...people] } : {}, taken };
}

/** "no Adam Sandler *movies, please*" */
function withFilmWord(text: string, end: number): number {
  const rest = /^['’]?s?\s+(?:movies?|films?|stuff|comedies|flicks|ones)\b/iu.exec(text.slice(end, end + 20));
  return end + (rest?.[0].length ?? 0);
}

const ADJECTIVE = String.raw`(${FILM_ADJECTIVES})`;
const NOT_PLACES = new RegExp(
  String.raw`\b(?:${REFUSING}|non)[\s-]+(?:(?:more|any|anything|an?|too|that is|that['’]?s|which is|spoken|made|films?|movies?|in|from)\s+){0,3}${ADJECTIVE}(?:\s*(?:,|\/|,?\s(?:or|and|nor))\s*(?:no\s+|in\s+)?${ADJECTIVE})?(?:[\s-](?:language|speaking|spoken))?(?:\s+${KINDS_OF_FILM}(?![\p{L}-]|\s+fans?\b)|(?=\s*(?:[.,;:!?)\n]|$|please|either|this time|tonight|but\b|and\b))|(?<=language|speaking))`,
  'giu',
);
const FOREIGN = /\bforeign[\s-]language\b/giu;
const NOT_ENGLISH = /\b(?:is|are)n['’]?t\s+(?:in\s+)?english\b|\bnon[\s-]english\b/giu;

function refusedPlaces(text: string, lexicon: Lexicon): FoundFilter {
  const excludeLanguages = new Set<string>();
  const excludeCountries = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  const english = lexicon.languages.find('English')?.name;
  for (const match of text.matchAll(NOT_PLACES)) {
    if (NO_REFUSAL_BEFORE.test(text.slice(Math.max(0, match.index - 30), match.index))) continue;
    for (const adjective of match.slice(1, 3)) {
      if (!adjective) continue;
      const places = placesOf(adjective, lexicon);
      if (/^english$/i.test(adjective) && english) excludeLanguages.add(english);
      for (const language of places.languages) excludeLanguages.add(language);
      for (const country of places.countries) excludeCountries.add(country);
    }
    if (match.slice(1, 3).some((adjective) => adjective)) taken.push(placeOf(match));
  }
  for (const match of [...text.matchAll(NOT_ENGLISH), ...text.matchAll(FOREIGN)]) {
    if (!english || REFUSED_FOREIGN.test(text.slice(Math.max(0, match.index - 20), match.index))) continue;
    excludeLanguages.add(english);
    taken.push(placeOf(match));
  }
  return {
    filters: {
      ...(excludeLanguages.size ? { excludeLanguages: [...excludeLanguages] } : {}),
      ...(excludeCountries.size ? { excludeCountries: [...excludeCountries] } : {}),
    },
    taken,
  };
}

const REFUSED_FOREIGN = /\b(?:no|not|nothing|without|any|never)\s+(?:in\s+|an?\s+)?$/iu;

/** Whoever will not read along wants English films. "No problem with subtitles" is not this. */
const NO_SUBTITLES =
  /\b(?:no|without|hate|avoid|can['’]?t stand|(?:do not|don['’]?t) (?:want|like|feel like)|not in the mood for)\s+(?:(?:any|to read|reading|having to read|the|with)\s+){0,3}(?:subtitles|subs)\b(?!\s+(?:needed|necessary|required|is|are)\b)|\b(?:no|nothing|without|not (?:an?|any))\s+(?:any\s+)?foreign(?:[\s-]language)?(?:\s+(?:films?|movies?|cinema|stuff|titles?|shows?|series))?(?=\s*(?:[.,;!?)\n]|$|please|either|tonight|but\b|or\b|and\b))/giu;

function refusedSubtitles(text: string, lexicon: Lexicon): FoundFilter {
  const english = lexicon.languages.find('English');
  const taken = Array.from(text.matchAll(NO_SUBTITLES), placeOf);
  return english && taken.length
    ? { filters: { languages: [english.name] }, taken }
    : { filters: {}, taken: [] };
}
