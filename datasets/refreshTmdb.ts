import type { Kind, Title } from '../src/domain.ts';
import { UsageError } from '../src/errors.ts';
import type { TmdbTitle } from '../src/tmdb/readAnswers.ts';
import type { Tmdb } from '../src/tmdb/tmdb.ts';
import { type AddOn, type Enrichment, ownIdKey, type SetupOptions } from './dataSet.ts';
import { askEach, connectToTmdb } from './support/askTmdb.ts';
import { peopleNamed } from './support/brokenNames.ts';
import { dayOf, discoverTmdb } from './support/discoverTmdb.ts';
import { comparePeople, foldTitle, peopleOf, TitleTable } from './support/matchTitles.ts';
import { timed } from './support/progress.ts';
import { counts, ReasonCounter, step, type StepReport } from './support/report.ts';
import { toNewTitle, toUpdate } from './support/tmdbTitle.ts';

/** `data refresh tmdb`: what came out since a day, ids that are missing, and where titles stream now. */
export const refreshTmdb: AddOn = {
  kind: 'add-on',
  name: 'tmdb',
  licence: "TMDB's terms of use: with attribution, not for commerce without an agreement",
  citation:
    'This product uses the TMDB API but is not endorsed or certified by TMDB. Where titles stream: JustWatch, through TMDB',
  page: 'https://www.themoviedb.org',
  needsNoFile: true,
  keepsEarlier: true,
  enrich: (titles, options) => refresh(titles, options, connectToTmdb()),
};

/** What has been found out so far: facts by movieId, and titles that are new. */
interface Findings {
  titles: readonly Title[];
  updates: Map<number, Partial<Title> & { movieId: number }>;
  fresh: Title[];
  /** Names of people as TMDB spells them. */
  people: string[];
  steps: StepReport[];
  numbers: Record<string, number>;
}

export async function refresh(
  titles: readonly Title[],
  options: SetupOptions,
  tmdb: Tmdb,
): Promise<Enrichment> {
  const { since } = options;
  if (since === null) throw new UsageError('Use `marquee data refresh tmdb --since DATE`');
  const until = dayOf(Date.now());
  if (since > until) throw new UsageError(`--since ${since} is in the future`);
  const findings: Findings = { titles, updates: new Map(), fresh: [], people: [], steps: [], numbers: {} };
  await findIds(findings, options, tmdb);
  await readNew(findings, { ...options, span: { from: since, until } }, tmdb);
  const newTitles = await withOwnIds(findings, options);
  await readProviders(findings, options, tmdb);
  const { updates, people, steps, numbers } = findings;
  return {
    updates: [...updates.values()],
    newTitles,
    people,
    steps,
    numbers: { ...numbers, newTitles: newTitles.length, updatedTitles: updates.size },
  };
}

/** The title with what was found out in this run. */
const current = ({ updates }: Findings, title: Title): Title => ({ ...title, ...updates.get(title.movieId) });

const note = (findings: Findings, facts: Partial<Title> & { movieId: number }): void => {
  findings.updates.set(facts.movieId, { ...findings.updates.get(facts.movieId), ...facts });
};

/** TMDB ids for titles that lack one, by their IMDb id. */
async function findIds(findings: Findings, { onProgress }: SetupOptions, tmdb: Tmdb): Promise<void> {
  const lacking = findings.titles.filter(({ tmdbId, imdbId }) => tmdbId === null && imdbId !== null);
  const dropped = new ReasonCounter();
  await askEach(
    lacking,
    { step: 'find TMDB ids', onProgress },
    async (title) => {
      const found = await tmdb.findByImdbId(title.imdbId!);
      if (!found) dropped.add('TMDB does not know its IMDb id', nameOf(title));
      else if (found.kind !== title.kind) dropped.add('of another kind at TMDB', nameOf(title));
      else {
        const posterPath = title.posterPath ?? found.posterPath;
        note(findings, { movieId: title.movieId, tmdbId: found.tmdbId, posterPath });
      }
    },
    (title, error) => dropped.add(error.message, nameOf(title)),
  );
  addStep(findings, 'find TMDB ids', lacking.length, dropped);
}

/** What came out in a span of days: facts for titles that are there, new titles otherwise. */
async function readNew(
  findings: Findings,
  options: SetupOptions & { span: { from: string; until: string } },
  tmdb: Tmdb,
): Promise<void> {
  const { onProgress, span, minVotes, region } = options;
  const items: { kind: Kind; tmdbId: number }[] = [];
  for (const kind of ['movie', 'tv'] as const) {
    const name = kind === 'movie' ? 'look for new movies' : 'look for new shows';
    const ids = await timed(onProgress, name, async () => {
      const result = await discoverTmdb(tmdb, kind, span, minVotes, (done) =>
        onProgress({ step: name, done }),
      );
      return { result, done: result.length };
    });
    items.push(...ids.map((tmdbId) => ({ kind, tmdbId })));
  }
  const match = matcher(findings);
  const dropped = new ReasonCounter();
  await askEach(
    items,
    { step: 'read what is new', onProgress },
    async ({ kind, tmdbId }) => {
      const found = await tmdb.details(kind, tmdbId, region);
      findings.people.push(...peopleNamed(found));
      const title = match(found);
      if (title) note(findings, toUpdate(current(findings, title), found));
      else if (found.isAdult) dropped.add('for adults only', found.title);
      else if (!found.isReleased) dropped.add('not released', found.title);
      else if (found.year === null) dropped.add('without a year', found.title);
      else findings.fresh.push(toNewTitle(found, found.year));
    },
    ({ kind, tmdbId }, error) => dropped.add(error.message, `${kind} ${tmdbId}`),
  );
  addStep(findings, 'read what is new', items.length, dropped);
}

/** The same title in the catalogue: by TMDB id, by IMDb id, else by name, year and people when there is only one. */
function matcher(findings: Findings): (found: TmdbTitle) => Title | undefined {
  const known = findings.titles.map((title) => current(findings, title));
  const byTmdbId = new Map(known.map((title) => [`${title.kind} ${title.tmdbId}`, title]));
  const byImdbId = new Map(known.map((title) => [title.imdbId, title]));
  const table = new TitleTable(known.filter(({ tmdbId }) => tmdbId === null));
  return (found) => {
    const same = byTmdbId.get(`${found.kind} ${found.tmdbId}`) ?? (found.imdbId ? byImdbId.get(found.imdbId) : undefined); // prettier-ignore
    if (same || found.year === null) return same;
    const people = peopleOf(found);
    const candidates = table
      .exact(foldTitle(found.title), found.year, found.kind)
      .filter((entry) => !findings.updates.get(entry.title.movieId)?.tmdbId)
      .filter((entry) => comparePeople(people, entry.people) !== 'differ');
    return candidates.length === 1 ? candidates[0]!.title : undefined;
  };
}

/** Where titles stream, for those that were not asked about already. */
async function readProviders(
  findings: Findings,
  { onProgress, region }: SetupOptions,
  tmdb: Tmdb,
): Promise<void> {
  const wanted = findings.titles
    .map((title) => current(findings, title))
    .filter((title) => title.tmdbId !== null && !findings.updates.get(title.movieId)?.providers);
  const dropped = new ReasonCounter();
  await askEach(
    wanted,
    { step: 'where to watch', onProgress },
    async ({ kind, tmdbId, movieId }) =>
      note(findings, { movieId, providers: await tmdb.watchProviders(kind, tmdbId!, region) }),
    (title, error) => dropped.add(error.message, nameOf(title)),
  );
  addStep(findings, 'where to watch', wanted.length, dropped);
}

/** By IMDb id, else name, year and kind; a name that stands for another title already brings no new one. */
async function withOwnIds(findings: Findings, options: SetupOptions): Promise<Title[]> {
  const byKey = new Map<string, Title>();
  for (const title of findings.fresh.toSorted((a, b) => a.voteCount - b.voteCount))
    byKey.set(ownIdKey(title), title);
  const ids = await options.assignOwnIds([...byKey.keys()]);
  const taken = new Set(findings.titles.map(({ movieId }) => movieId));
  const titles = [...byKey].map(([key, title]) => ({ ...title, movieId: ids.get(key)! }));
  const fresh = titles.filter(({ movieId }) => !taken.has(movieId));
  findings.numbers['sameNameAndYear'] = findings.fresh.length - fresh.length;
  return fresh;
}

function addStep({ steps }: Findings, name: string, read: number, dropped: ReasonCounter): void {
  steps.push(step(name, counts(read), counts(read - dropped.total), dropped.list()));
}

const nameOf = ({ title, year }: Title): string => `${title} (${year})`;
