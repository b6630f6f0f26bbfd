/**
 * Titles as MovieLens writes them: `City of Lost Children, The (Cité des enfants perdus, La) (1995)`,
 * `Seven (a.k.a. Se7en) (1995)`. Here they become a title in natural order, a year and the other names.
 */
export interface TitleForm {
  /** In natural order, without year and other names. */
  title: string;
  /** From the end of the text, null when it does not end with `(YYYY)`. */
  year: number | null;
  /** The name in parentheses without "a.k.a.": MovieLens' convention for the original title. */
  originalTitle: string | null;
  /** Every other name in parentheses. */
  otherTitles: string[];
}

const ARTICLES = new Set(
  `the a an la le les l' el il lo gli los las die der das den det de un une una ein eine een et ett os het o i en`.split(
    ' ',
  ),
);
/** One-letter articles are taken only when capitalised, as MovieLens does: "Vitelloni, I". */
const ONE_LETTER = /^[AIO]$/;

/** "Matrix, The" → "The Matrix", "Enfer, L'" → "L'Enfer"; anything else stays as it is. */
export function moveArticle(name: string): string {
  const comma = name.lastIndexOf(', ');
  if (comma <= 0) return name;
  const article = name.slice(comma + 2);
  if (!ARTICLES.has(article.toLowerCase()) || (article.length === 1 && !ONE_LETTER.test(article)))
    return name;
  const rest = name.slice(0, comma);
  const leading = article[0]!.toUpperCase() + article.slice(1);
  return leading.endsWith("'") ? leading + rest : `${leading} ${rest}`;
}

/** Splits a MovieLens title. Total: any text gives a title that is not empty when the text is not. */
export function parseTitleForm(text: string): TitleForm {
  let rest = text.replace(/\s+/g, ' ').trim();
  let year: number | null = null;
  if (/ \(\d{4}\)$/.test(rest)) {
    year = Number(rest.slice(-5, -1));
    rest = rest.slice(0, -6).trim();
  }
  let originalTitle: string | null = null;
  const otherTitles: string[] = [];
  for (;;) {
    const group = lastGroup(rest);
    if (group === null || isPartOfTitle(group.before, group.inside)) break;
    rest = group.before;
    const name = nameWithoutMarker(group.inside);
    // The years of a show are no name; they do not count as its year either.
    if (name.text === '' || /^\d{4} ?[-–] ?\d{0,4}$/.test(name.text)) continue;
    if (name.isAlternative || originalTitle !== null) otherTitles.unshift(moveArticle(name.text));
    else originalTitle = moveArticle(name.text);
  }
  return { title: moveArticle(rest), year, originalTitle, otherTitles };
}

/** The parenthesised group a text ends with, brackets balanced: "Babies (Bébé(s))" → "Bébé(s)". */
function lastGroup(text: string): { before: string; inside: string } | null {
  if (!text.endsWith(')')) return null;
  let depth = 0;
  for (let at = text.length - 1; at > 1; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth === 0)
      return text[at - 1] === ' '
        ? { before: text.slice(0, at).trim(), inside: text.slice(at + 1, -1).trim() }
        : null;
  }
  return null;
}

/** "Birdman: Or (The Unexpected Virtue of Ignorance)", "… (Part 2)": brackets that belong to the name. */
const isPartOfTitle = (before: string, inside: string): boolean =>
  before === '' ||
  /(?::|\b(?:or|and|of|vs\.?))$/i.test(before) ||
  /^(?:part|vol\.?|volume|episode)\b/i.test(inside);

function nameWithoutMarker(inside: string): { text: string; isAlternative: boolean } {
  const marker = /^(?:a\.?\s?k\.?\s?a\.?:?|also known as)\s+/i.exec(inside);
  return { text: marker ? inside.slice(marker[0].length).trim() : inside, isAlternative: marker !== null };
}
