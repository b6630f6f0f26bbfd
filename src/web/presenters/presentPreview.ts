import type { Title } from '../../domain.ts';
import { joinWords, titleAddress } from './wording.ts';

/** What a chat or a social site shows of a link to a page (views/partials/head.ejs). */
export interface LinkPreview {
  title: string;
  description: string;
  /** The page's own address, without the site's. */
  path: string;
  /** A picture of its own, without the site's address; null = the site's picture. Drawn posters are SVG, which previews do not show. */
  imagePath: string | null;
}

/** Previews cut longer texts themselves, in the middle of a word. */
const LONGEST_DESCRIPTION = 200;
const NAMES_SHOWN = 3;

/** A list that its owner has shared. Whoever shares was told that the prompt goes with it. */
export function previewList(list: {
  path: string;
  /** The best first. */
  names: readonly string[];
  prompt: string | undefined;
}): LinkPreview {
  const { path, names, prompt } = list;
  const more = names.length - NAMES_SHOWN;
  const shown = names.slice(0, NAMES_SHOWN);
  return {
    title: names.length === 0 ? 'A list of films' : joinWords(more > 0 ? [...shown, `${more} more`] : shown),
    description: prompt ? shorten(`“${prompt.trim()}”`) : 'A list made from titles and tags.',
    path,
    imagePath: null,
  };
}

export function previewTitle(title: Title, posterSrc: string): LinkPreview {
  return {
    title: `${title.title} (${title.year})`,
    description: shorten(
      title.plot ?? `${title.title}, ${title.year}: what it is like, and what is near it.`,
    ),
    path: titleAddress(title.movieId),
    imagePath: /\.svg(\?|$)/.test(posterSrc) ? null : posterSrc,
  };
}

/** Whole words, at most 200 characters, with an ellipsis where something was cut. */
export function shorten(text: string): string {
  const flat = text.replace(/\s+/gu, ' ');
  if (flat.length <= LONGEST_DESCRIPTION) return flat;
  const cut = flat.slice(0, LONGEST_DESCRIPTION - 1);
  const end = cut.lastIndexOf(' ');
  // Characters of two units are not cut in half; text without spaces is cut where it must be.
  return `${(end > LONGEST_DESCRIPTION / 2 ? cut.slice(0, end) : cut).replace(/[\uD800-\uDBFF]$|[\s,;:.–-]+$/u, '')}…`;
}
