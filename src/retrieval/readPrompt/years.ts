/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import { placeOf, type FoundFilter } from './findFilters.ts';

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
  String.raw`\b(?:(?:from|between|in)\s+)?(?:the\s+)?${NOT_SET}${DECADE}\s*(?:-|–|to|and|or|&|through)\s*(?:the\s+)?(?:early\s+|late\s+)?${DECADE}${STYLE}(?!\w)`,
  'iu',
);
const BEFORE = new RegExp(
  String.raw`\b(?:before|prior to|pre|older than|until|up to|earlier than|made before|released before|not after|no later than|vor|avant|antes de|prima del)[\s-]+(?:the\s+|year\s+)?(?:${YEAR}(?!['’]?s)|${DECADE})`,
  'iu',
);
const AFTER = new RegExp(
  String.raw`\b(?:(after|later than|newer than|post)|since|from|starting in|no older than|not before|not older than)[\s-]+(?:the\s+|year\s+)?(?:${YEAR}(?!['’]?s)|${DECADE})(?:\s*(onwards?|on|and later|or later|and newer|or newer|\+))?`,
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
  const before = outOfStory(BEFORE.exec(text), text);
  const after = outOfStory(AFTER.exec(text), text);
  if (before || (after && (after[1] || after[7] || !after[0].toLowerCase().startsWith('from')))) {
    return {
      filters: {
        ...(after ? { yearFrom: startOf(after, 2) + (after[1] ? (after[2] ? 1 : 10) : 0) } : {}),
        ...(before ? { yearTo: startOf(before, 1) - 1 } : {}),
      },
      taken: [before, after].filter((match) => match !== null).map(placeOf),
    };
  }
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
  const recent = RECENT.exec(text);
  if (recent) return { filters: { yearFrom: latestYear - RECENT_YEARS }, taken: [] };
  const old = OLD.exec(text);
  return old ? { filters: { yearTo: OLD_UNTIL }, taken: [] } : { filters: {}, taken: [] };
}

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

function decadeOf(match: RegExpExecArray, group: number): number | null {
  if (match[group]) return Number(match[group]);
  if (match[group + 1]) return 1900 + Number(match[group + 1]);
  if (match[group + 2]) return DECADES[match[group + 2]!.toLowerCase()]!;
  return match[group + 3] ? 2000 : null;
}
