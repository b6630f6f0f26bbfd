/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
/** What a prompt says that no list can be made by: how long a film runs (there is no such filter), questions about the world. */

const RUNNING_TIME =
  /(?:\b(?:something|anything|films?|movies?|that(?:['’]s| is| are)?|which (?:is|are)|runs?|running|ideally|preferably|and)\s+){0,3}\b(?:(?:is\s+)?(?:under|below|less than|no (?:longer|more) than|not (?:longer|more) than|shorter than|at most|max(?:imum)?|about|around|up to|over|more than|longer than)\s+)(?:\d{1,3}|an?|one|two|three|four)(?:[\s-]+(?:and a half|½))?[\s-]*(?:minutes?|mins?|hours?|hrs?|h)\b(?:\s+(?:long|or (?:less|so|under|shorter)))?/giu;
const SHORT_FILM = /(?:\ban?\s+)?\bshort(?:er)?\s+(?:films?|movies?)\b(?!\s+about)/giu;

/** "I don't mind subtitles": neither wanted nor refused. */
const TAKES_IT =
  /(?:\bi\s+)?\b(?:no (?:problem|issues?|trouble) with|(?:do not|don['’]?t) mind|(?:(?:am|['’]m) )?(?:fine|ok|okay) with|open to)\s+[\p{L} -]{3,40}?(?=\s*(?:$|[.,;!?|\n]|but\b))/giu;

/** "what is the capital of France?": a question that says nothing of films, moods or watching. */
const QUESTION =
  /^\s*(?:what|who|when|where|why|how)(?:['’]?s|\s+(?:is|are|was|were|did|does|do|many|much|old|far|tall|long))\s[^?]*\?\s*$/iu;
const OF_FILMS =
  /\b(?:films?|movies?|watch\p{L}*|see|show|series|like|similar|recommend\p{L}*|suggest\p{L}*|good|great|best|some|any|something|anything|ones?|thrillers?|comed(?:y|ies)|horror|dramas?|westerns?|documentar\p{L}*|romances?|musicals?)\b/iu;

/** The text without them. */
export function withoutOffTopic(text: string): string {
  return text
    .replace(SHORT_FILM, '|')
    .replace(RUNNING_TIME, '|')
    .replace(TAKES_IT, '|')
    .split(/(?<=[.!?\n])/u)
    .filter((sentence) => !QUESTION.test(sentence) || OF_FILMS.test(sentence))
    .join('');
}
