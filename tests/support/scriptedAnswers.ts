/** The part of a chat completions request that the scripted model reads. */
export interface ChatBody {
  model: string;
  messages: { role: string; content: string }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  response_format?: { type: string };
  max_tokens?: number;
  [parameter: string]: unknown;
}

/** How gullible it is: `nothing` (the default) or whatever the data tells it. */
export type Obedience = 'nothing' | 'data';

interface Candidate {
  id: string;
  title: string;
  genres?: string;
  tags?: string;
  plot?: string;
}

/** What a plain, honest model would say to a request of ours: scores by overlap of words, or opinions by a simple rule. */
export function answerTo(body: ChatBody, obeys: Obedience = 'nothing'): string {
  const text = body.messages.map(({ content }) => content).join('\n');
  const wantsLines = /c01 \| 4/.test(text) || /OPINION \| title/.test(text);
  const candidates = candidatesIn(text);
  if (candidates.length > 0) {
    const scores = scoreAll(candidates, preferencesIn(text), text, obeys);
    return wantsLines
      ? scores.map(({ id, score, reason }) => `${id} | ${score} | ${reason}`).join('\n')
      : JSON.stringify({ scores });
  }
  const classicTitle = /Title: (.*)\nPlot: (.*)/.exec(text);
  if (classicTitle) return classicScore(classicTitle[2]!, /Wanted: (.*)/.exec(text)?.[1] ?? '');
  const prompt = /=== BEGIN PROMPT \w+ ===\n([\s\S]*?)\n=== END PROMPT/.exec(text)?.[1];
  if (prompt !== undefined) return understand(prompt, wantsLines);
  const classicPrompt = /\n\nText: (.*)\nAnswer:$/.exec(text)?.[1];
  if (classicPrompt !== undefined) return classicUnderstand(classicPrompt);
  return JSON.stringify({ capital: 'Paris', numbers: [1, 2, 3, 4, 5] });
}

function candidatesIn(text: string): Candidate[] {
  return [...text.matchAll(/^\{"id":"c\d+".*\}$/gm)].map(([line]) => JSON.parse(line) as Candidate);
}

const preferencesIn = (text: string): string => /^Preferences: (.*)$/m.exec(text)?.[1] ?? '';

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];

function scoreAll(candidates: Candidate[], preferences: string, whole: string, obeys: Obedience) {
  const wanted = new Set(wordsOf(preferences).map((word) => word.slice(0, 5)));
  const scores = candidates.map((candidate) => {
    const text = [candidate.title, candidate.genres, candidate.tags, candidate.plot].join(' ');
    const hits = [...new Set(wordsOf(text).map((word) => word.slice(0, 5)))].filter((word) =>
      wanted.has(word),
    );
    const score = Math.min(5, Math.round((1 + hits.length * 1.2) * 10) / 10);
    const reason = hits.length
      ? `Shares ${hits.slice(0, 3).join(', ')} with what was asked for.`
      : 'Shares little with what was asked for.';
    return { id: candidate.id, score, reason };
  });
  return obeys === 'data' ? obey(candidates, scores, whole) : scores;
}

/** A gullible model: does what a plot says, about itself and about others. */
function obey(
  candidates: Candidate[],
  scores: { id: string; score: number; reason: string }[],
  whole: string,
) {
  const byId = new Map(scores.map((one) => [one.id, one]));
  for (const { id, plot = '', title, tags = '' } of candidates) {
    const text = `${title} ${tags} ${plot}`;
    if (
      /\b(?:scor|rat|rank|grad|mark|star|award|perfect|must|should)\w*\b[^.]{0,80}\b(?:5|five|full|highest|maximum|top|perfect|best|first)\b|\b(?:5|five|full|highest|maximum|top|perfect|best)\b[^.]{0,40}\b(?:scor|rat|rank|mark|star|match)\w*/i.test(
        text,
      )
    )
      byId.get(id)!.score = 5;
    for (const [, other, score] of text.matchAll(/(c\d\d)\D{0,30}?([0-5])\b/g)) {
      const victim = byId.get(other!);
      if (victim && other !== id) victim.score = Number(score);
    }
    if (/(?:others?|everything else|all other)[^.]{0,40}\b(?:0|zero|lowest|last)\b/i.test(text))
      for (const one of byId.values()) if (one.id !== id) one.score = 0;
  }
  // JSON or an early END line outside of the candidates' own lines would be taken for the answer.
  const forged = [...whole.matchAll(/^\{"id":"(c\d\d)","score":([0-5])/gm)];
  for (const [, id, score] of forged) if (byId.has(id!)) byId.get(id!)!.score = Number(score);
  return [...byId.values()];
}

function classicScore(plot: string, wanted: string): string {
  const words = new Set(wordsOf(wanted).map((word) => word.slice(0, 5)));
  const hits = wordsOf(plot).filter((word) => words.has(word.slice(0, 5))).length;
  return `${Math.min(5, 1 + hits)} --- ${hits ? 'It shares words with what was asked for.' : 'It shares little.'}`;
}

const FEELINGS: [RegExp, number][] = [
  [/(?:hated|awful|terrible|couldn't stand)\s+(.+)/i, 1],
  [/(?:disliked|didn't like|did not like)\s+(.+)/i, 2],
  [/(?:it was ok|was just okay|meh about)\s+(.+)/i, 3],
  [/(?:liked|enjoyed|something like|like)\s+(.+)/i, 4],
  [/(?:loved|adored|love|adore)\s+(.+)/i, 5],
];

interface SimpleOpinion {
  title: string;
  year: number | null;
  rating: number;
  said: string;
}

/** Capitalised names behind a word of feeling, up to the end of the clause; the other clauses are the preferences. */
function readSimply(prompt: string): { opinions: SimpleOpinion[]; preferences: string } {
  const opinions: SimpleOpinion[] = [];
  const rest: string[] = [];
  for (const clause of prompt
    .split(/[.;!?\n]+| but /)
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [pattern, rating] = FEELINGS.find(([one]) => one.test(clause)) ?? [];
    const named = pattern ? pattern.exec(clause)![1]!.split(/,| and /) : [];
    const titles = named.map(nameIn).filter((title) => title !== '');
    for (const title of titles)
      opinions.push({ title, year: yearBehind(prompt, title), rating: rating!, said: title });
    if (titles.length === 0) rest.push(clause);
  }
  return { opinions, preferences: rest.join('. ') };
}

/** From the first word with a capital or a digit to the last one, small words between them included. */
function nameIn(part: string): string {
  const words = part.trim().split(' ');
  const isName = (word: string) => /^[\p{Lu}\d]/u.test(word);
  const from = words.findIndex(isName);
  if (from < 0) return '';
  let to = from;
  for (let at = from + 1; at < words.length; at++) {
    if (isName(words[at]!)) to = at;
    else if (!/^(?:of|the|and|a|in|to)$/.test(words[at]!)) break;
  }
  return words
    .slice(from, to + 1)
    .join(' ')
    .replace(/[^\p{L}\d]+$/u, '');
}

function yearBehind(prompt: string, title: string): number | null {
  const behind = prompt.slice(prompt.indexOf(title) + title.length, prompt.indexOf(title) + title.length + 8);
  const year = /^ ?\((\d{4})\)/.exec(behind)?.[1];
  return year ? Number(year) : null;
}

function understand(prompt: string, asLines: boolean): string {
  const { opinions, preferences } = readSimply(prompt);
  const excludeGenres = /\bno horror\b/i.test(prompt) ? ['Horror'] : [];
  const wishes = preferences
    .split(/,|\. /)
    .map((wish) => wish.trim())
    .filter(Boolean);
  if (!asLines) {
    const filters = {
      genres: [],
      excludeGenres,
      yearFrom: null,
      yearTo: null,
      kinds: [],
      providers: [],
      countries: [],
      languages: [],
      people: [],
    };
    return JSON.stringify({ opinions, preferences, wishes, filters });
  }
  return [
    ...opinions.map(
      ({ title, year, rating, said }) => `OPINION | ${title} | ${year ?? '?'} | ${rating} | ${said}`,
    ),
    `PREFERENCES | ${preferences}`,
    ...wishes.map((wish) => `WISH | ${wish}`),
    ...excludeGenres.map((genre) => `FILTER | excludeGenres | ${genre}`),
  ].join('\n');
}

function classicUnderstand(prompt: string): string {
  const { opinions, preferences } = readSimply(prompt);
  const first = opinions.map(({ title, rating }) => `${title}: ${rating}`).join(';;;') || '<EMPTY>';
  return `${first} --- ${preferences || '<EMPTY>'}`;
}
