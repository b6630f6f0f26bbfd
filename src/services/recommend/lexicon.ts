import { buildLexicon, type Lexicon } from '../../retrieval/readPrompt.ts';
import type { Library } from '../library.ts';

const lexicons = new WeakMap<Library, Lexicon>();

/** The words the local reader knows, made once a library. */
export function lexiconOf(library: Library): Lexicon {
  let lexicon = lexicons.get(library);
  if (!lexicon) {
    const { catalogue } = library;
    const all = (factsOf: (title: (typeof catalogue.titles)[number]) => readonly string[]) => [
      ...new Set(catalogue.titles.flatMap(factsOf)),
    ];
    lexicon = buildLexicon({
      titles: catalogue.titleIndex,
      tags: catalogue.tagIndex,
      people: catalogue.peopleIndex,
      genres: all((title) => title.genres),
      countries: all((title) => title.countries),
      languages: all((title) => title.languages),
      providers: all((title) => title.providers),
    });
    lexicons.set(library, lexicon);
  }
  return lexicon;
}
