import { GENRES } from '../../domain.ts';
import type { ChatMessage, JsonMode } from '../chatModel.ts';
import { DATA_RULE, delimit } from './delimit.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const yearOrNull = { type: ['integer', 'null'] };
const strictObject = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

export const UNDERSTAND_SCHEMA = {
  name: 'understanding',
  jsonSchema: strictObject({
    opinions: {
      type: 'array',
      items: strictObject({ title: text, year: yearOrNull, rating: { type: 'number' }, said: text }),
    },
    preferences: text,
    wishes: texts,
    filters: strictObject({
      genres: { type: 'array', items: { type: 'string', enum: [...GENRES] } },
      excludeGenres: { type: 'array', items: { type: 'string', enum: [...GENRES] } },
      yearFrom: yearOrNull,
      yearTo: yearOrNull,
      kinds: { type: 'array', items: { type: 'string', enum: ['movie', 'tv'] } },
      providers: texts,
      countries: texts,
      excludeCountries: texts,
      languages: texts,
      excludeLanguages: texts,
      people: texts,
      excludePeople: texts,
    }),
  }),
};

const RULES = `You read what a person wrote to a movie and TV recommender and sort it. You do not recommend anything.
- opinions: each movie or show the person names, and how much they like it: rating from 0.5 to 5 in halves (loved it 5, liked it 4, it was fine 3, disliked it 2, hated it 1; "like X" or "something like X" means 4; numbers such as 8/10 become 4). title is its usual full title, year only if said or needed to tell two apart, said are the person's exact words for it. Never add a title the person did not name.
- preferences: what they want to watch now, in the person's own words, without the named titles and without what became a filter. Empty if nothing is left.
- wishes: the preferences as short phrases.
- filters: hard limits only, and only those stated. genres and excludeGenres come from this list: ${GENRES.join(', ')}. "no horror" excludes Horror; a mood such as "something scary" is a preference, no filter. yearFrom and yearTo are years. kinds: "movie" or "tv", if only one will do. providers: streaming services. countries, languages: English names. people: actors, directors or creators who must take part. excludeCountries, excludeLanguages and excludePeople are what is refused: "nothing in English", "no Tom Cruise", "no American films".
${DATA_RULE}`;

const EXAMPLE_PROMPTS = [
  'Loved Arrival and Annihilation, Gravity was just okay. Something slow and eerie with a scientist in the lead, from the 2010s, no horror please',
  'hated cats (2019)! a warm french film for a rainy sunday on Netflix, nothing with Gérard Depardieu',
];

const EXAMPLE_JSON = [
  '{"opinions":[{"title":"Arrival","year":null,"rating":5,"said":"Arrival"},{"title":"Annihilation","year":null,"rating":5,"said":"Annihilation"},{"title":"Gravity","year":null,"rating":3,"said":"Gravity"}],"preferences":"slow and eerie with a scientist in the lead","wishes":["slow","eerie","scientist in the lead"],"filters":{"genres":[],"excludeGenres":["Horror"],"yearFrom":2010,"yearTo":2019,"kinds":[],"providers":[],"countries":[],"excludeCountries":[],"languages":[],"excludeLanguages":[],"people":[],"excludePeople":[]}}',
  '{"opinions":[{"title":"Cats","year":2019,"rating":1,"said":"cats (2019)"}],"preferences":"warm, for a rainy sunday","wishes":["warm","for a rainy sunday"],"filters":{"genres":[],"excludeGenres":[],"yearFrom":null,"yearTo":null,"kinds":[],"providers":["Netflix"],"countries":[],"excludeCountries":[],"languages":["French"],"excludeLanguages":[],"people":[],"excludePeople":["Gérard Depardieu"]}}',
];

const EXAMPLE_LINES = [
  'OPINION | Arrival | ? | 5 | Arrival\nOPINION | Annihilation | ? | 5 | Annihilation\nOPINION | Gravity | ? | 3 | Gravity\nPREFERENCES | slow and eerie with a scientist in the lead\nWISH | slow\nWISH | eerie\nWISH | scientist in the lead\nFILTER | excludeGenres | Horror\nFILTER | yearFrom | 2010\nFILTER | yearTo | 2019',
  'OPINION | Cats | 2019 | 1 | cats (2019)\nPREFERENCES | warm, for a rainy sunday\nWISH | warm\nWISH | for a rainy sunday\nFILTER | providers | Netflix\nFILTER | languages | French\nFILTER | excludePeople | Gérard Depardieu',
];

const JSON_FORM = 'Answer with one JSON object of exactly this form and nothing else.';
const LINE_FORM = `Answer with lines of exactly this form and nothing else, one fact a line, ? for an unknown year:
OPINION | title | year | rating | said
PREFERENCES | text
WISH | phrase
FILTER | name | value`;

/** The system text: the same for every prompt, so that providers can cache it. */
function understandRules(json: JsonMode): string {
  const answers = json === 'text' ? EXAMPLE_LINES : EXAMPLE_JSON;
  const examples = EXAMPLE_PROMPTS.map(
    (prompt, at) => `Example prompt: ${prompt}\nExample answer:\n${answers[at]}`,
  );
  return [RULES, json === 'text' ? LINE_FORM : JSON_FORM, ...examples].join('\n\n');
}

/** Exactly what is sent to read a prompt (the page shows it to whoever asks). `prompt` is masked already. */
export function understandMessages(prompt: string, nonce: string, json: JsonMode): ChatMessage[] {
  return [
    { role: 'system', content: understandRules(json) },
    { role: 'user', content: `${delimit('PROMPT', nonce, prompt)}\n\nSort this prompt.` },
  ];
}

/** The one repair try: the same request, with what was wrong with the last answer. */
export function understandRepairMessages(prompt: string, nonce: string, json: JsonMode): ChatMessage[] {
  const [system, user] = understandMessages(prompt, nonce, json) as [ChatMessage, ChatMessage];
  const form = json === 'text' ? 'the lines' : 'the JSON object';
  const wrong = `The last answer could not be used. Answer with ${form} of the form above only: no other words, no code fence, said and preferences in the words of the prompt.`;
  return [system, { ...user, content: `${user.content} ${wrong}` }];
}
