/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import type { Filters } from '../../domain.ts';
import { blank, placeOf, type FoundFilter } from './findFilters.ts';

const DECADES: Record<string, number> = {
  twenties: 1920, thirties: 1930, forties: 1940, fifties: 1950, sixties: 1960, seventies: 1970, eighties: 1980, nineties: 1990,
}; // prettier-ignore
const YEAR = String.raw`((?:18[89]|19\d|20\d)\d)`;
const DECADE = String.raw`(?:((?:18[89]|19\d|20[0-3])0)['’]?s|['’]?([2-9]0)['’]?s|(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)|(2000s|noughties|aughts))`;
/** "a 90s feel", "80s-inspired": a style, not a date. */
const STYLE = String.raw`(?![\s-]*(?:vibes?|feel|feeling|style|styled|aesthetics?|nostalgia|nostalgic|inspired|music|soundtrack|synth|fashion|kids?|throwback|setting|atmosphere|look|tone|mood|era|suburbia|new york))`;
/** "set in the 90s": the story's time, not the film's. */
const NOT_SET = String.raw`(?<!\b(?:set|takes? place|taking place|happens|happening|living|life|story|about|grew up|growing up|like) (?:(?:in|during|of|back in)\s+)?(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?)`;

const BETWEEN = new RegExp(
  String.raw`\b(?:between|from|released between)?\s*${YEAR}\s*(?:-|–|—|to|and|until|till|through)\s*${YEAR}\b`,
  'iu',
);
const DECADE_RANGE = new RegExp(
  String.raw`\b(?:(?:from|between|in)\s+)?(?:the\s+)?${NOT_SET}${DECADE}\s*(?:-|–|\/|to|and|or|&|through)\s*(?:the\s+)?(?:early\s+|late\s+)?${DECADE}${STYLE}(?!\w)`,
  'iu',
);
const TIME = String.raw`[\s-]+(?:the\s+|year\s+)?(?:${YEAR}(?!['’]?s)|${DECADE})`;
const NONE = String.raw`\b(?:nothing|none|not?|never|nothing that is|don['’]?t want (?:any|anything))\s+(?:(?:movies?|films?|any|anything|stuff|too)\s+)?(?:(?:made|released|from|much)\s+)?`;
/** "nothing before 1970", "not older than 2015". */
const NOT_BEFORE = new RegExp(
  String.raw`${NONE}(?:before|older than|earlier than|prior to|pre)${TIME}`,
  'iu',
);
const NOT_AFTER = new RegExp(
  String.raw`${NONE}(?:after|newer than|later than|past|more recent than|post)${TIME}`,
  'iu',
);
const BEFORE = new RegExp(
  String.raw`\b(before|prior to|pre|older than|earlier than|made before|released before|vor|avant|antes de|prima del|until|till|up to|no later than|bis)${TIME}`,
  'iu',
);
/** "the seventies or before", "1980 or later", "90s onwards". */
const OPEN_ENDED = new RegExp(
  String.raw`(?:\b(?:from|in|of|made in)\s+)?(?:the\s+)?${NOT_SET}(?:(?:early|late|mid)[\s-]+)?(?<![\d'’-])(?:${YEAR}|${DECADE})(?:,?\s+(?:(?:or|and|und|oder)\s+(?:even\s+)?(before|earlier|older|prior|previous(?:ly)?|früher|älter)|((?:(?:or|and|und|oder)\s+)?onwards?|(?:or|and|und|oder)\s+(?:later|newer|after(?:wards)?|since|up|beyond|später|neuer)))|(\+))(?![\p{L}\d])(?!\s+(?:the|that|this|than|a)\b)`,
  'iu',
);
/** What every match of it has: most texts have none, and this costs a hundredth. */
const IS_OPEN_ENDED = /(?:\d['’]?s?|ties|aughts)(?:,?\s+(?:or|and|und|oder|onwards?)\b|\+)/iu;
const CENTURY =
  /(?:\b(?:from|in|of|made in|made)\s+)?\b(?:(?:this|the (?:21st|twenty[\s-]first|current|present))|(the (?:20th|twentieth|last|previous)|last)) century\b/iu;
const LAST_YEARS =
  /\b(?:(?:from|in|of|within|over)\s+)?(?:the\s+)?(?:last|past)\s+(few|couple of|two|three|five|ten|fifteen|twenty|\d{1,2})\s+years\b|\b(?:from|in|of)\s+(this decade)\b/iu;
const COUNTS: Record<string, number> = {
  few: 5, 'couple of': 3, two: 2, three: 3, five: 5, ten: 10, fifteen: 15, twenty: 20,
}; // prettier-ignore
const AFTER = new RegExp(
  String.raw`\b(?:(after|later than|newer than|post)|since|from|starting in)[\s-]+(?:the\s+|year\s+)?(?:${YEAR}(?!['’]?s)|${DECADE})(?:\s*(onwards?|on|and later|or later|and newer|or newer|\+))?`,
  'iu',
);
const IN_DECADE = new RegExp(
  String.raw`\b(?:from|in|of|made in|during|aus den|des années|de los|degli anni)?\s*(?:the\s+)?${NOT_SET}(?:(early|late|mid)[\s-]+)?(?<![\d'’-])${DECADE}${STYLE}(?![\p{L}\d])`,
  'iu',
);
const IN_YEAR = new RegExp(
  String.raw`\b(?:(?:made|released|came out|come out|out) in|from(?: the year)?|of)\s+${YEAR}\b(?!['’]?s)`,
  'iu',
);
const RECENT =
  /\b(?:(?:more\s+)?recent|newest|latest|brand[\s-]new|current|modern[\s-]day)\s+(?:(?!and\b|but\b)[\p{L}-]+\s+){0,3}(?:movies?|films?|releases?|shows?|series|ones?|stuff|cinema|titles?)\b|\b(?:something|anything)\s+(?:(?:more|very|fairly)\s+)?(?:recent|new)\b(?!\s+(?:to me|york|zealand|and different))|\bnew (?:movies?|films?|releases|shows?|series)\b|\b(?:nothing|not)\s+(?:too\s+)?old\b(?!\s+(?:man|men|people|school))/iu;
const OLD =
  /\b(?:old|older|vintage)\s+(?:(?:black[\s-]and[\s-]white|hollywood|classic|classics)\s+)*(?:movies?|films?|cinema|hollywood)\b|\b(?:something|anything)\s+old\b/iu;

/** How far back "recent" reaches, and when "old" ends. */
const RECENT_YEARS = 5;
const OLD_UNTIL = 1980;

/** Years and decades in which the wanted titles came out; years of stories do not count. */
export function findYears(text: string, latestYear: number): FoundFilter {
  const between = BETWEEN.exec(text);
  if (between) return range(between, Number(between[1]), Number(between[2]));
  const decades = DECADE_RANGE.exec(text);
  if (decades) return range(decades, decadeOf(decades, 1)!, decadeOf(decades, 5)! + 9);
  const bounded = findBounds(text);
  if (bounded) return bounded;
  const decade = IN_DECADE.exec(text);
  if (decade) {
    const from = decadeOf(decade, 2)!;
    const part = decade[1]?.toLowerCase();
    return range(
      decade,
      part === 'late' ? from + 5 : part === 'mid' ? from + 3 : from,
      part === 'early' ? from + 4 : part === 'mid' ? from + 7 : from + 9,
    );
  }
  const year = outOfStory(IN_YEAR.exec(text), text);
  if (year) return range(year, Number(year[1]), Number(year[1]));
  const span = findSpanOfYears(text, latestYear);
  if (span) return span;
  const recent = RECENT.exec(text);
  if (recent) return { filters: { yearFrom: latestYear - RECENT_YEARS }, taken: [] };
  const old = OLD.exec(text);
  return old ? { filters: { yearTo: OLD_UNTIL }, taken: [] } : { filters: {}, taken: [] };
}

/** "before 1980", "after the 90s", "nothing older than 2015", "the seventies or before". */
function findBounds(text: string): FoundFilter | null {
  const notBefore = NOT_BEFORE.exec(text);
  const notAfter = NOT_AFTER.exec(text);
  const rest = [notBefore, notAfter].reduce((left, match) => (match ? blankAt(left, match) : left), text);
  const open = IS_OPEN_ENDED.test(rest) ? outOfStory(OPEN_ENDED.exec(rest), rest) : null;
  const left = open ? blankAt(rest, open) : rest;
  const before = outOfStory(BEFORE.exec(left), left);
  const said = outOfStory(AFTER.exec(left), left);
  // "from 1980" alone is that year, "since 1980" is not.
  const after = said && (before || said[1] || said[7] || !/^from/i.test(said[0])) ? said : null;
  const filters: Filters = {};
  if (after) filters.yearFrom = after[1] ? endOf(after, 2) + 1 : startOf(after, 2);
  if (before)
    filters.yearTo = /^(?:until|till|up to|no later than|bis)/i.test(before[0])
      ? endOf(before, 2)
      : startOf(before, 2) - 1;
  if (open?.[6]) filters.yearTo = endOf(open, 1);
  else if (open) filters.yearFrom = startOf(open, 1);
  if (notBefore) filters.yearFrom = startOf(notBefore, 1);
  if (notAfter) filters.yearTo = endOf(notAfter, 1);
  const taken = [notBefore, notAfter, open, before, after].filter((match) => match !== null).map(placeOf);
  return taken.length ? { filters, taken } : null;
}

/** "this century", "the last ten years". */
function findSpanOfYears(text: string, latestYear: number): FoundFilter | null {
  const century = outOfStory(CENTURY.exec(text), text);
  if (century) {
    const filters = century[1] ? { yearFrom: 1900, yearTo: 1999 } : { yearFrom: 2000 };
    return { filters, taken: [placeOf(century)] };
  }
  const last = outOfStory(LAST_YEARS.exec(text), text);
  if (!last) return null;
  const yearFrom = last[2]
    ? latestYear - (latestYear % 10)
    : latestYear - (COUNTS[last[1]!.toLowerCase()] ?? Number(last[1]));
  return { filters: { yearFrom }, taken: [placeOf(last)] };
}

const blankAt = (text: string, match: RegExpExecArray): string =>
  text.slice(0, match.index) + blank(match[0]) + text.slice(match.index + match[0].length);

function range(match: RegExpExecArray, from: number, to: number): FoundFilter {
  return { filters: { yearFrom: Math.min(from, to), yearTo: Math.max(from, to) }, taken: [placeOf(match)] };
}

/** null when the words before speak of the story: "set before 1900". */
function outOfStory(match: RegExpExecArray | null, text: string): RegExpExecArray | null {
  if (!match) return null;
  return /\b(?:set|takes? place|taking place|life|world|people|story|history)\s+(?:in\s+)?$/iu.test(
    text.slice(Math.max(0, match.index - 30), match.index),
  )
    ? null
    : match;
}

/** First year of the year or decade whose groups begin at `group`. */
const startOf = (match: RegExpExecArray, group: number): number =>
  match[group] ? Number(match[group]) : decadeOf(match, group + 1)!;

/** Last year of them. */
const endOf = (match: RegExpExecArray, group: number): number =>
  match[group] ? Number(match[group]) : decadeOf(match, group + 1)! + 9;

function decadeOf(match: RegExpExecArray, group: number): number | null {
  if (match[group]) return Number(match[group]);
  if (match[group + 1]) return 1900 + Number(match[group + 1]);
  if (match[group + 2]) return DECADES[match[group + 2]!.toLowerCase()]!;
  return match[group + 3] ? 2000 : null;
}
