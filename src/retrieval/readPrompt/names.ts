/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import { placeOf, type FoundFilter } from './findFilters.ts';
import type { Lexicon } from './lexicon.ts';

/** Adjectives of places: the language films of that place are in, else the country. */
const ADJECTIVES: Record<string, { language?: string; countries?: readonly string[] }> = {
  french: { language: 'French' }, german: { language: 'German' }, italian: { language: 'Italian' }, spanish: { language: 'Spanish' },
  korean: { language: 'Korean' }, 'south korean': { language: 'Korean' }, japanese: { language: 'Japanese' },
  chinese: { countries: ['China', 'Hong Kong', 'Taiwan'] }, cantonese: { language: 'Cantonese' }, mandarin: { language: 'Mandarin' },
  russian: { language: 'Russian' }, polish: { language: 'Polish' }, swedish: { language: 'Swedish' }, danish: { language: 'Danish' },
  norwegian: { language: 'Norwegian' }, finnish: { language: 'Finnish' }, dutch: { language: 'Dutch' }, turkish: { language: 'Turkish' },
  persian: { language: 'Persian' }, hindi: { language: 'Hindi' }, portuguese: { language: 'Portuguese' }, arabic: { language: 'Arabic' },
  greek: { language: 'Greek' }, thai: { language: 'Thai' }, hungarian: { language: 'Hungarian' }, czech: { language: 'Czech' },
  iranian: { countries: ['Iran'] }, british: { countries: ['United Kingdom'] }, english: {}, american: { countries: ['United States'] },
  australian: { countries: ['Australia'] }, irish: { countries: ['Ireland'] }, canadian: { countries: ['Canada'] }, indian: { countries: ['India'] },
  bollywood: { countries: ['India'] }, mexican: { countries: ['Mexico'] }, brazilian: { countries: ['Brazil'] },
  argentinian: { countries: ['Argentina'] }, argentine: { countries: ['Argentina'] }, taiwanese: { countries: ['Taiwan'] },
  austrian: { countries: ['Austria'] }, belgian: { countries: ['Belgium'] }, icelandic: { countries: ['Iceland'] },
  'new zealand': { countries: ['New Zealand'] }, 'hong kong': { countries: ['Hong Kong'] },
  scandinavian: { countries: ['Sweden', 'Denmark', 'Norway'] }, nordic: { countries: ['Sweden', 'Denmark', 'Norway', 'Finland', 'Iceland'] },
}; // prettier-ignore
/** The adjectives of places as one pattern. */
export const FILM_ADJECTIVES = Object.keys(ADJECTIVES)
  .sort((a, b) => b.length - a.length)
  .join('|')
  .replaceAll(' ', String.raw`\s`);
export const KINDS_OF_FILM = String.raw`(?:movies?|films?|flicks?|cinema|series|shows?|tv|dramas?|thrillers?|comed(?:y|ies)|horror|westerns?|documentar(?:y|ies)|noirs?|romances?|crime|action|animation|sci[\s-]?fi|new wave|neo-?realism|classics?|arthouse|rom[\s-]?coms?|anime|gangster|revenge)`;
const PLACE_FILM = new RegExp(
  String.raw`(?<!\b(?:no|not|non)[\s-](?:an?\s)?)(?<![\p{L}])(${FILM_ADJECTIVES})(?:[\s,/]+(?:and|or)?\s*(${FILM_ADJECTIVES}))?(?:[\s-]language)?\s+(?:(?!and\b|or\b|the\b|of\b)[\p{L}-]+\s+){0,2}?${KINDS_OF_FILM}(?!\p{L})`,
  'giu',
);
const FROM_COUNTRY =
  /\b(?:from|made in|produced in|aus|de|dal?)\s+((?:the\s+)?\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+){0,2}(?:\s*(?:,|\/|,?\s(?:or|and|oder|ou|o))\s*(?:the\s+)?\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+){0,2}){0,4})/gu;
/** What comes from a country here is a person or a journey, not a film. */
const NOT_FILM_FROM =
  /\b(?:man|woman|girl|boy|people|person|family|soldiers?|immigrants?|refugees?|escap\p{L}+|run\p{L}*|travel\p{L}*|flee\p{L}*|come|comes|came|coming|home|away|news|story|stories)\s+$/iu;
const IN_LANGUAGE = new RegExp(
  String.raw`\b(?:in|auf)\s+(${FILM_ADJECTIVES}|english)(?:\s+language)?\b(?!\s+(?:\p{L}+\s+)?(?:countryside|riviera|alps|village|town|city|literature|history|prison|schools?|army|politics|revolution|waters|war|empire|royal|colon\p{L}*|suburb\p{L}*|society|court))`,
  'giu',
);
const ENGLISH_LANGUAGE = /(?<!\b(?:no|not|non|nothing)[\s-](?:in\s)?)\benglish[\s-]language\b/giu;
/** The languages or countries an adjective of a place stands for, as the catalogue writes them. */
export function placesOf(adjective: string, lexicon: Lexicon): { languages: string[]; countries: string[] } {
  const { language, countries = [] } = ADJECTIVES[adjective.toLowerCase().replace(/\s+/g, ' ')] ?? {};
  const known = language ? lexicon.languages.find(language) : null;
  return {
    languages: known ? [known.name] : [],
    countries: countries.flatMap((place) => lexicon.countries.find(place)?.name ?? []),
  };
}

/** Countries and languages, when they say where a film is from and not what it is about. */
export function findPlaces(text: string, lexicon: Lexicon): FoundFilter {
  const languages = new Set<string>();
  const countries = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  const add = (adjective: string): boolean => {
    const places = placesOf(adjective, lexicon);
    for (const language of places.languages) languages.add(language);
    for (const country of places.countries) countries.add(country);
    return places.languages.length + places.countries.length > 0;
  };
  for (const match of text.matchAll(PLACE_FILM)) {
    for (const adjective of match.slice(1, 3)) {
      if (!adjective || !add(adjective)) continue;
      const start = match.index + match[0].toLowerCase().indexOf(adjective.toLowerCase());
      taken.push({ start, end: start + adjective.length });
    }
  }
  for (const match of text.matchAll(IN_LANGUAGE)) {
    const known = lexicon.languages.find(match[1]!);
    if (!known) continue;
    languages.add(known.name);
    taken.push(placeOf(match));
  }
  for (const match of text.matchAll(ENGLISH_LANGUAGE)) {
    addTo(languages, lexicon.languages.find('English')?.name);
    taken.push(placeOf(match));
  }
  for (const match of text.matchAll(FROM_COUNTRY)) {
    if (NOT_FILM_FROM.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    const names = match[1]!.split(/\s*(?:,|\/|\b(?:or|and|oder|ou|o)\b)\s*/u).filter(Boolean);
    const known = names.map((name) => lexicon.countries.find(name.replace(/^the\s+/u, '')));
    if (known.some((country) => country === null)) continue;
    for (const country of known) countries.add(country!.name);
    taken.push(placeOf(match));
  }
  return {
    filters: {
      ...(countries.size ? { countries: [...countries] } : {}),
      ...(languages.size ? { languages: [...languages] } : {}),
    },
    taken,
  };
}

function addTo(set: Set<string>, name: string | undefined): void {
  if (name !== undefined) set.add(name);
}

const ON =
  /(?<!\bnot )\b(?:on|via|streaming on|available on|auf|sur|en|su)\s+((?:\p{L}[\p{L}+]*)(?:\s\p{L}[\p{L}+]*){0,2})/giu;
/** Names that are also everyday words: "on max" may be anything. */
const PLAIN_PROVIDER = /^(?:max|prime|apple|amazon|now|peacock|stars|crave|freevee)$/u;

/** "on Netflix", "on Netflix or Hulu". */
export function findProviders(text: string, lexicon: Lexicon): FoundFilter {
  const providers: string[] = [];
  const taken: FoundFilter['taken'] = [];
  const longest = (words: readonly string[]): { name: string; words: number } | null => {
    for (let count = Math.min(3, words.length); count > 0; count--) {
      const said = words.slice(0, count).join(' ');
      const found = PLAIN_PROVIDER.test(said) ? null : lexicon.providers.find(said);
      if (found) return { name: found.name, words: count };
    }
    return null;
  };
  for (const match of text.matchAll(ON)) {
    const words = match[1]!.split(/\s+/);
    const found = longest(words);
    if (!found) continue;
    providers.push(found.name);
    const nameStart = match.index + match[0].length - match[1]!.length;
    let end = nameStart + words.slice(0, found.words).join(' ').length;
    for (;;) {
      const more = /^(?:\s*,\s*|\s+)(?:or|and|,)?\s*([\p{L}+]+(?: [\p{L}+]+){0,2})/iu.exec(
        text.slice(end, end + 60),
      );
      const next = more && longest(more[1]!.split(' '));
      if (!more || !next) break;
      providers.push(next.name);
      end += more[0].length - more[1]!.length + more[1]!.split(' ').slice(0, next.words).join(' ').length;
    }
    taken.push({ start: match.index, end });
  }
  return { filters: providers.length ? { providers: [...new Set(providers)] } : {}, taken };
}

const PERSON =
  /(?<!\bnot )\b(with|starring|featuring|by|directed by|made by|from director|from|mit|von|avec|con|di|de)\s+((?:[\p{L}.'’-]+\s+){0,3}[\p{L}.'’-]+)/giu;
const NOT_A_PERSON_LEAD =
  /\b(?:loved?|liked?|enjoyed|hated?|bored|disappointed|love)\s+(?:[\p{L}]+\s+){0,4}$/iu;
/** "nothing with Tom Cruise", "no films by Woody Allen": the words stay, nobody is asked for. */
const REFUSED_LEAD =
  /\b(?:no|not|nothing|none|never|without|except|avoid|but|don['’]?t|isn['’]?t|aren['’]?t|keine?n?|nichts|rien|pas|nada|niente)\b(?:\s+(?:films?|movies?|anything|something|things?|shows?|series|stuff|more|any|want|like|starring|directed|made|one|ones|de|films|à)){0,4}\s*$/iu;

/** "with Al Pacino", "by Michael Mann", "by Tarantino": people of the catalogue only. */
export function findPeople(text: string, lexicon: Lexicon): FoundFilter {
  const people = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  const lead = /\b(?:with|starring|featuring|by|directed|from|mit|von|avec|con|di|de)\b/iu;
  if (!lead.test(text)) return { filters: {}, taken };
  for (const match of text.matchAll(PERSON)) {
    // A title was blanked right before: "Heat by Michael Mann" names the film, not a wish.
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (/\s{4,}$/.test(before) || NOT_A_PERSON_LEAD.test(before) || REFUSED_LEAD.test(before)) continue;
    const found = peopleAt(match[2]!, match[1]!, lexicon);
    if (!found) continue;
    for (const name of found.names) people.add(name);
    const nameStart = match.index + match[0].length - match[2]!.length;
    taken.push({ start: match.index, end: nameStart + found.length });
    const other = /^\s*(?:,|and|or|&)\s*((?:[\p{L}.'’-]+\s+){0,2}[\p{L}.'’-]+)/u.exec(
      text.slice(nameStart + found.length, nameStart + found.length + 60),
    );
    const second = other && peopleAt(other[1]!, match[1]!, lexicon);
    if (other && second) {
      for (const name of second.names) people.add(name);
      taken.push({
        start: nameStart + found.length,
        end: nameStart + found.length + other[0].length - other[1]!.length + second.length,
      });
    }
  }
  return { filters: people.size ? { people: [...people] } : {}, taken };
}

/** The longest beginning of `said` that is a person; a surname alone after "by", when it begins with a capital. */
export function peopleAt(
  said: string,
  lead: string,
  lexicon: Lexicon,
): { names: string[]; length: number } | null {
  const words = said.split(/\s+/);
  for (let count = Math.min(4, words.length); count > 1; count--) {
    const name = words
      .slice(0, count)
      .join(' ')
      .replace(/(?:['’]s)?[.'’-]*$/u, '');
    const found = lexicon.people.find(name)?.name ?? lexicon.damagedNames.find(name);
    if (found) return { names: [found], length: name.length };
  }
  if (!/by|director|starring/i.test(lead)) return null;
  // "the Coens", "the Coen brothers"
  const family = /^(?:the\s+)?(\p{Lu}\p{L}{3,}?)(?:s|\s(?:brothers|bros|sisters|siblings))(?![\p{L}])/u.exec(
    said,
  );
  const kin = family ? lexicon.surnames.bearersOf(family[1]!) : [];
  if (family && kin.length > 1)
    return { names: kin.slice(0, 2).map(({ name }) => name), length: family[0].length };
  const surname = words[0]!.replace(/[.'’]s?$/u, '');
  if (!/^\p{Lu}\p{L}{3,}$/u.test(surname)) return null;
  const [best, next] = lexicon.surnames.bearersOf(surname);
  // "by Lee" may be Ang or Spike: a wrong person is worse than none.
  if (!best || (next && best.fame - next.fame < CLEARLY_BETTER_KNOWN)) return null;
  return { names: [best.name], length: surname.length };
}

const CLEARLY_BETTER_KNOWN = 0.12;
