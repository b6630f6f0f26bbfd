import { commonWords } from '../dense.ts';
import { NameIndex } from '../nameMatch.ts';
import type { TitleIndex } from '../titleMatch.ts';
import { damagedNamesOf, type DamagedNames } from './damagedNames.ts';
import { wholeNamesOf, type WholeNames } from './peoplePlaces.ts';
import { shortNamesOf, type ShortNames } from './shortNames.ts';
import { titleBeginnings, type MayBeginTitle } from './titleBeginnings.ts';
import { surnamesOf, type Surnames } from './surnames.ts';

export interface LexiconSource {
  titles: TitleIndex;
  tags: NameIndex;
  people: NameIndex;
  /** Names as the catalogue writes them. */
  genres: readonly string[];
  countries: readonly string[];
  languages: readonly string[];
  providers: readonly string[];
  /** The newest year of the catalogue, from which "recent" counts; left out: this year. */
  latestYear?: number;
}

/** The names the local prompt reader knows. */
export interface Lexicon {
  titles: TitleIndex;
  tags: NameIndex;
  people: NameIndex;
  genres: NameIndex;
  countries: NameIndex;
  languages: NameIndex;
  providers: NameIndex;
  latestYear: number;
  mayBeginTitle: MayBeginTitle;
  shortNames: ShortNames;
  surnames: Surnames;
  wholeNames: WholeNames;
  damagedNames: DamagedNames;
  /** Words everybody uses: in lower case they name no title. */
  common: ReadonlySet<string>;
  /** Words that are no typos. */
  spelled: ReadonlySet<string>;
}

/** Of the vocabulary by frequency: "milk", "frozen" and "drive" are inside, "gravity" and "matrix" are not. */
const COMMON_WORDS = 6000;
/** More than the vocabulary has. */
const ALL_WORDS = 100_000;

/** What people say for a name of the catalogue. */
const ALIASES = new Map<string, readonly string[]>(
  Object.entries({
    'Science Fiction': ['sci-fi', 'scifi', 'sf', 'syfy'],
    Romance: ['romantic', 'love story', 'love stories'],
    Animation: ['animated', 'cartoon', 'cartoons'],
    Documentary: ['documentaries', 'docu', 'doc', 'docs', 'docuseries'],
    Comedy: ['comedies', 'comedic'],
    Music: ['musical', 'musicals'],
    History: ['historical'],
    Family: ['family friendly', 'kids'],
    'United States': ['USA', 'US', 'America', 'United States of America', 'the States'],
    'United Kingdom': ['UK', 'Britain', 'Great Britain', 'England'],
    'South Korea': ['Korea', 'Republic of Korea'],
    'Czech Republic': ['Czechia'],
    'Amazon Prime Video': ['Amazon Prime', 'Prime Video', 'Prime', 'Amazon'],
    'Prime Video': ['Amazon Prime', 'Amazon Prime Video', 'Prime', 'Amazon'],
    'Disney+': ['Disney Plus', 'Disneyplus'],
    'Disney Plus': ['Disney+', 'Disneyplus'],
    'HBO Max': ['HBO', 'Max'],
    Max: ['HBO Max', 'HBO'],
    'Apple TV+': ['Apple TV', 'Apple TV Plus', 'Apple'],
    'Paramount+': ['Paramount Plus'],
  }),
);

/** Made once a catalogue; the indexes over titles, tags and people are the catalogue's own. */
export function buildLexicon(source: LexiconSource): Lexicon {
  const index = (names: readonly string[]): NameIndex =>
    NameIndex.build(
      names.map((name, key) => ({ key, name, aliases: ALIASES.get(name) ?? [], popularity: 0 })),
    );
  return {
    titles: source.titles,
    tags: source.tags,
    people: source.people,
    genres: index(source.genres),
    countries: index(source.countries),
    languages: index(source.languages),
    providers: index(source.providers),
    mayBeginTitle: titleBeginnings(source.titles),
    shortNames: shortNamesOf(source.titles),
    surnames: surnamesOf(source.people),
    wholeNames: wholeNamesOf(source.people),
    damagedNames: damagedNamesOf(source.people),
    common: commonWords(COMMON_WORDS),
    spelled: commonWords(ALL_WORDS),
    latestYear: source.latestYear ?? new Date().getFullYear(),
  };
}
