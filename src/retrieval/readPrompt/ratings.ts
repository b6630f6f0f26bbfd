/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
/** A rating given as a number or stars beside a title. */
export interface SaidRating {
  rating: number;
  /** Characters of the text it took. */
  length: number;
}

const NUMBER_WORDS: Record<string, number> = {
  half: 0.5, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
}; // prettier-ignore
const NUMBER = String.raw`(\d{1,3}(?:[.,]\d)?|half|one|two|three|four|five|six|seven|eight|nine|ten)`;
const LEAD = String.raw`^[\s"'”’»*_,:;=(\[–—-]{0,6}(?:(?:i(?:'d|’d| would)? )?(?:gets?|got|is|was|are|were|both|all|each|easily|a|an|give it|gave it|gets an?|rated?(?: it)?|rating|mit|con|avec)\s+){0,3}(?:a |an )?`;
const OUT_OF = new RegExp(
  String.raw`${LEAD}${NUMBER}\s*(?:\/|out of|von|sur|de|su)\s*(5|10|100|five|ten)s?\b\s*(?:stars?|sterne)?[)\]]?`,
  'iu',
);
const STARS = new RegExp(
  String.raw`${LEAD}${NUMBER}[\s-]*(?:stars?|sterne?|étoiles|estrellas|stelle|★|⭐)[)\]]?`,
  'iu',
);
/** "two thumbs up", "thumbs down". */
const THUMBS = /^[\s"'”’:,–—-]{0,4}(?:gets? |got |is )?(?:a |two |both |2 |big )*thumbs[\s-](?:up|(down))/iu;
const THUMBS_BEFORE =
  /(?:a |two |both |2 |big )*thumbs[\s-](?:up|(down))\s(?:for|to)\s(?:the (?:movie|film) )?["'“‘«]?$/iu;
const GLYPHS = /^[\s"'”’»*_,:;=(–—-]{0,6}((?:★|⭐️?){1,5})(½)?(☆*)[)\]]?/u;
const BARE =
  /^\s?(?:[:=]|[-–—](?=\s?\d(?:[.,]5)?\s*(?:$|[\n,;]))|[([](?=\s?\d(?:[.,]5)?\s?[)\]]))\s?(\d(?:[.,]5)?)(?![\d.,/]*\d)[)\]]?/u;

/** The rating that follows at `from`, "Heat (4/5)", "Heat: 9/10", "Heat ★★★★"; null when there is none. */
export function ratingAfter(text: string, from: number): SaidRating | null {
  const rest = text.slice(from, from + 60).split('\n')[0]!;
  const thumbs = THUMBS.exec(rest);
  if (thumbs) return said(thumbs[1] ? 1.5 : 4.5, thumbs[0].length);
  const outOf = OUT_OF.exec(rest);
  if (outOf) return said((toNumber(outOf[1]!) / toNumber(outOf[2]!)) * 5, outOf[0].length);
  const stars = STARS.exec(rest);
  if (stars) return said(toNumber(stars[1]!), stars[0].length);
  const glyphs = GLYPHS.exec(rest);
  if (glyphs)
    return said([...glyphs[1]!.replaceAll('\ufe0f', '')].length + (glyphs[2] ? 0.5 : 0), glyphs[0].length);
  const bare = BARE.exec(rest);
  return bare && toNumber(bare[1]!) <= 5 ? said(toNumber(bare[1]!), bare[0].length) : null;
}

const BEFORE = new RegExp(
  String.raw`${NUMBER}(?:\s*(?:\/|out of)\s*(5|10))?[\s-]*(stars?)?\s*(?:(?:for|to|:|-)\s*)?(?:the movie |the film )?["'“‘«]?$`,
  'iu',
);

/** The rating that leads to `end`, "5 stars for Heat"; null when there is none. */
export function ratingBefore(text: string, end: number): SaidRating | null {
  const lead = text.slice(Math.max(0, end - 40), end);
  const thumbs = THUMBS_BEFORE.exec(lead);
  if (thumbs) return said(thumbs[1] ? 1.5 : 4.5, thumbs[0].length);
  const given = GIVEN.exec(lead);
  if (given && toNumber(given[1]!) <= 5) return said(toNumber(given[1]!), given[0].length);
  const match = BEFORE.exec(lead);
  if (!match || (!match[2] && !match[3])) return null;
  return said((toNumber(match[1]!) / toNumber(match[2] ?? '5')) * 5, match[0].length);
}

/** "I'd give four to Heat and three to Speed". */
const GIVEN = new RegExp(
  String.raw`\b(?:gives?|gave|giving|and|but)\s+(?:an?\s+|only\s+)?${NUMBER}\s+(?:each\s+)?to\s+(?:the\s+)?["“‘«]?$`,
  'iu',
);

const STRETCH =
  /(?<![\p{L}\d.,/])\d{1,2}(?:[.,]\d)?\s?(?:\/\s?(?:5|10|100)(?![\d/])|(?:out of|von|sur|su)\s+(?:5|10|100|five|ten)\b|[\s-]?(?:stars?|sterne|étoiles|estrellas|stelle)\b)(?:\s?stars?\b)?|(?:[★⭐☆½]\ufe0f?)+/giu;

/** Where the text gives ratings: no title stands inside, and they are no wish. */
export const ratingStretches = (text: string): { start: number; end: number }[] =>
  Array.from(text.matchAll(STRETCH), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));

function toNumber(word: string): number {
  return NUMBER_WORDS[word.toLowerCase()] ?? Number(word.replace(',', '.'));
}

/** To the half star; null outside the scale. */
function said(value: number, length: number): SaidRating | null {
  if (!Number.isFinite(value) || value < 0 || value > 5) return null;
  return { rating: Math.max(0.5, Math.round(value * 2) / 2), length };
}
