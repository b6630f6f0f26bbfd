import type { Title } from '../../domain.ts';
import { countOf, joinWords } from './wording.ts';

interface AboutFacts {
  titles: readonly Title[];
  /** How many tags are known. */
  tags: number;
  /** null until a recommender has been trained. */
  model: { titles: number; algorithm: string; trainedAt: string } | null;
}

interface AboutPage {
  title: string;
  /** What is in the catalogue, in one sentence. */
  holdings: string;
  /** What the recommender was trained on, in one sentence. */
  recommender: string;
  styles: string[];
}

export function presentAbout({ titles, tags, model }: AboutFacts): AboutPage {
  const series = titles.filter(({ kind }) => kind === 'tv').length;
  const distinct = (factsOf: (title: Title) => string[]) => new Set(titles.flatMap(factsOf)).size;
  const years = titles.map(({ year }) => year);
  // A catalogue that says nothing of countries has none to boast of.
  const known = [
    { count: distinct(({ countries }) => countries), one: 'country', many: 'countries' },
    { count: distinct(({ languages }) => languages), one: 'language', many: 'languages' },
    { count: tags, one: 'tag', many: 'tags' },
  ]
    .filter(({ count }, at) => count > 0 || at === 2)
    .map(({ count, one, many }) => countOf(count, one, many));
  const [first, last] = years.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [Infinity, -Infinity] as [number, number]); // prettier-ignore
  return {
    title: 'About',
    holdings:
      titles.length === 0
        ? 'The catalogue is empty so far.'
        : `${countOf(titles.length, 'title', 'titles')} from ${first} to ${last}${series > 0 ? `, ${countOf(series, 'series', 'series')} among them` : ', films only'}; ${joinWords(known)}.`,
    recommender: model
      ? `The recommender knows ${countOf(model.titles, 'title', 'titles')} and was last trained on ${model.trainedAt.slice(0, 10)}.`
      : 'No recommender has been trained yet: until then, taste means what is widely loved.',
    styles: ['forms'],
  };
}

interface PrivacyFacts {
  /** The cookies as they are called here (on https their names carry a prefix). */
  cookieNames: Record<'visitor' | 'profile' | 'session' | 'csrf' | 'theme' | 'importance' | 'models', string>;
  chatModels: readonly { label: string; isLocal: boolean }[];
}

interface PrivacyPage {
  title: string;
  cookies: { name: string; purpose: string; lasts: string }[];
  /** What this very site does with language models. */
  chatModels: string;
  styles: string[];
}

export function presentPrivacy({ cookieNames, chatModels }: PrivacyFacts): PrivacyPage {
  const cookie = (name: string, purpose: string, lasts: string) => ({ name, purpose, lasts });
  return {
    title: 'Privacy',
    cookies: [
      cookie(cookieNames.visitor, 'A random number for this browser, so that the lists you asked for stay yours.', 'a year'),
      cookie(cookieNames.profile, 'What you rated, saved and never want to see again while you have no account: up to 100 titles, kept here and not with us.', 'a year'),
      cookie(cookieNames.session, 'That you are logged in. Set when you log in, gone when you log out.', '14 days after your last visit, at most 60'),
      cookie(cookieNames.csrf, 'A token that keeps other sites from sending forms in your name.', 'until you close the browser'),
      cookie(cookieNames.theme, 'Light or dark, when you chose one.', 'a year'),
      cookie(cookieNames.importance, 'Where you left the slider between your words and your taste.', 'a year'),
      cookie(cookieNames.models, 'Which language models may read your words, when you said so.', 'a year'),
    ], // prettier-ignore
    chatModels: chatModelLine(chatModels),
    styles: ['forms'],
  };
}

function chatModelLine(models: PrivacyFacts['chatModels']): string {
  if (models.length === 0) return 'No language model is set up here: nothing you write leaves this site.';
  const label = ({ label }: { label: string }) => label;
  const local = models.filter(({ isLocal }) => isLocal).map(label);
  const remote = models.filter(({ isLocal }) => !isLocal).map(label);
  const lines: string[] = [];
  if (local.length > 0) lines.push(`${joinWords(local)} ${local.length === 1 ? 'runs' : 'run'} on our own machine: nothing leaves it.`); // prettier-ignore
  if (remote.length > 0) lines.push(`${joinWords(remote)} ${remote.length === 1 ? 'is' : 'are'} asked over the network.`); // prettier-ignore
  return lines.join(' ');
}
