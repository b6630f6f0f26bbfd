import { buildLexicon } from '../../retrieval/readPrompt.ts';
import type { Library } from '../library.ts';
import { oncePer } from '../oncePer.ts';

/** The words the local reader knows. */
export const lexiconOf = oncePer(({ catalogue }: Library) => {
  const all = (factsOf: (title: (typeof catalogue.titles)[number]) => readonly string[]) => [
    ...new Set(catalogue.titles.flatMap(factsOf)),
  ];
  return buildLexicon({
    titles: catalogue.titleIndex,
    tags: catalogue.tagIndex,
    people: catalogue.peopleIndex,
    genres: all((title) => title.genres),
    countries: all((title) => title.countries),
    languages: all((title) => title.languages),
    providers: all((title) => title.providers),
  });
});
