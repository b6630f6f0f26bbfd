import type { ModelFacts } from '../../services/describeModel.ts';
import { usedParameters } from '../../services/modelParameters.ts';
import { countOf } from './wording.ts';

interface Fact {
  name: string;
  value: string;
  /** What it means, in a sentence. */
  meaning: string;
}

interface Quality {
  said: string;
  facts: Fact[];
}

interface ModelCardPage {
  title: string;
  description: string;
  intro: string;
  card: {
    method: string;
    parameters: Fact[];
    learnedFrom: string[];
    quality: Quality;
    limits: string[];
    origin: Fact[];
  } | null;
  styles: string[];
}

/** What the recommender is, for people who want to know before they trust it. */
export function presentModelCard(facts: ModelFacts | null): ModelCardPage {
  return {
    title: 'Model card',
    description: 'What the recommender of this site is, what it learned from, how good it is and what it cannot do.',
    intro: facts
      ? `It knows ${countOf(facts.catalogue.known, 'title', 'titles')} by the stars people gave them, and nothing else about them. Here is what it learned from, how good it is, and where not to trust it.`
      : 'No recommender has been trained yet. Until then, taste means what is widely loved.',
    card: facts && {
      method: METHODS[facts.header.algorithm] ?? facts.header.algorithm,
      parameters: parametersOf(facts),
      learnedFrom: learnedFrom(facts),
      quality: qualityOf(facts),
      limits: limitsOf(facts),
      origin: originOf(facts),
    },
    styles: ['forms'],
  }; // prettier-ignore
}

const METHODS: Record<string, string> = {
  ease: 'EASE by Harald Steck (“Embarrassingly Shallow Autoencoders for Sparse Data”, 2019).',
  edlae: 'EDLAE by Harald Steck (“Autoencoders that don’t overfit towards the Identity”, 2020), a relative of EASE that practises with part of the stars hidden.',
  rlae: 'RLAE by Jaewan Moon, Hye-young Kim and Jongwuk Lee (“It’s Enough: Relaxing Diagonal Constraints in Linear Autoencoders for Recommendation”, 2023), a relative of EASE.',
  rdlae: 'RDLAE by Jaewan Moon, Hye-young Kim and Jongwuk Lee (“It’s Enough: Relaxing Diagonal Constraints in Linear Autoencoders for Recommendation”, 2023), a relative of EASE that practises with part of the stars hidden.',
  dan: 'DAN (2025), a relative of EASE that evens out how much famous titles and busy people count.',
}; // prettier-ignore

const MEANINGS: Record<string, { name: string; meaning: string }> = {
  lambda: { name: 'λ', meaning: 'How much evidence a connection between two titles needs. The larger, the less a few ratings can do.' },
  dropout: { name: 'Dropout p', meaning: 'How large a part of the stars was hidden while it learned, so that it relies on no single title.' },
  xi: { name: 'ξ', meaning: 'How far a title could speak for itself while it learned; 0 is not at all.' },
  alpha: { name: 'α', meaning: 'How much the fame of a title is taken out of its score.' },
  beta: { name: 'β', meaning: 'How much people with very many ratings are held back.' },
}; // prettier-ignore

function parametersOf({ header }: ModelFacts): Fact[] {
  const { titles, entries } = header;
  const named = usedParameters(header.algorithm, header.parameters).flatMap(([key, value]) => {
    const known = MEANINGS[key];
    return known && typeof value === 'number' ? [{ ...known, value: plainNumber(value) }] : [];
  });
  const possible = titles * (titles - 1);
  const stored =
    entries >= possible
      ? 'Every pair of titles has one.'
      : `The strongest ${percent(entries / possible)} of all; the rest are too weak to matter and left out.`;
  return [...named, { name: 'Connections', value: entries.toLocaleString('en'), meaning: stored }];
}

function learnedFrom({ header, training, dataSet, catalogue }: ModelFacts): string[] {
  const lines: string[] = [];
  const minimum = Number(header.parameters['minRatings'] ?? 0);
  if (training)
    lines.push(`${countOf(training.ratings, 'rating', 'ratings')} by ${countOf(training.users, 'person', 'people')}: those of the data set, and those of people registered here who allow it.`); // prettier-ignore
  if (minimum > 1)
    lines.push(`Titles with fewer than ${minimum} ratings were left out. Of ${countOf(catalogue.titles, 'title', 'titles')} in the catalogue it knows ${catalogue.known.toLocaleString('en')}.`); // prettier-ignore
  if (header.parameters['input'] === 'graded')
    lines.push('Four stars and more counted in full, three and three and a half by half, less not at all. When a list is made, two stars and fewer speak a little against.'); // prettier-ignore
  if (dataSet)
    lines.push(
      `The data set is “${dataSet.name}”. Licence: ${dataSet.licence}.`,
      `To cite: ${dataSet.citation}.`,
    );
  return lines.map((line) => line.replace(/\.\.$/, '.'));
}

function qualityOf({ quality }: ModelFacts): Quality {
  if (!quality)
    return { said: 'This model has not been measured: its data has nobody with enough ratings to ask.', facts: [] }; // prettier-ignore
  const { ndcgAt10, interval, popularityNdcgAt10, people } = quality;
  const beats = interval[0] > popularityNdcgAt10 ? 'It beats' : 'It does not surely beat';
  return {
    said: `${countOf(people, 'person', 'people')} of the data set showed it four fifths of their stars, and it guessed what else they liked. Before it was asked about someone, that person was taken out of it, so that it could not remember the answer. ${beats} a list of what is most rated, the same for everyone.`,
    facts: [
      { name: 'nDCG@10', value: fraction(ndcgAt10), meaning: `How well the first ten hit what people liked; 1 would be every time, best first. With other people it would lie between ${fraction(interval[0])} and ${fraction(interval[1])} (95 %).` },
      { name: 'Most rated titles', value: fraction(popularityNdcgAt10), meaning: 'The same measure for the same list for everyone.' },
    ],
  }; // prettier-ignore
}

function limitsOf({ dataSet, catalogue: { years, titles, known } }: ModelFacts): string[] {
  const oldHalf = years[Math.floor(years.length / 2)];
  const unknown = titles - known;
  return [
    whoseTaste(dataSet?.name ?? ''),
    'It knows famous titles best and names them most often. The popularity dial of a list takes some of that back; it does not undo it.',
    ...(oldHalf === undefined ? [] : [`It learned from the past: half of the titles it knows are from before ${oldHalf + 1}, the newest from ${years.at(-1)}. What came later is strange to it.`]),
    ...(unknown > 0 ? [`${countOf(unknown, 'title', 'titles')} of the catalogue had too few ratings for it. They can only be found by words and tags.`] : []),
    'It has never seen a plot, a genre or an age limit. Two films are near each other because the same people liked them, whatever is in them: it is no guide to what suits a child.',
    'With fewer than five of your stars it says little about you, and more about films.',
    'It ranks films. It is not made to judge people by what they watch.',
  ]; // prettier-ignore
}

function whoseTaste(dataSet: string): string {
  if (dataSet === 'starter')
    return 'Its ratings are not real. A program drew them, after the habits of MovieLens: good enough to try the site, not to learn what people like.';
  if (/^(ml-|tag-?genome)/i.test(dataSet))
    return 'The people who rated are volunteers of MovieLens, many of them in North America. What others love is thin in it.';
  return 'It has the taste of those who rated. Whoever is rare among them is served worse.';
}

function originOf({ modelId, header, fileBytes, createdBy, training }: ModelFacts): Fact[] {
  const when = `${header.trainedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const how = training ? [`in ${seconds(training.seconds)}`, `with ${training.solver}`] : [];
  const size = fileBytes === null ? [] : [{ name: 'Size', value: bytes(fileBytes), meaning: `${header.titles.toLocaleString('en')} titles, numbers in ${header.valueType === 'f16' ? '16' : '32'} bits.` }]; // prettier-ignore
  return [
    { name: 'Name', value: modelId, meaning: '' },
    { name: 'Trained', value: when, meaning: [...how, ...(createdBy ? [`started by ${createdBy}`] : [])].join(', ') },
    ...size,
    { name: 'Ratings it saw', value: header.dataHash.slice(0, 12), meaning: 'The first digits of their checksum: two models with the same ones learned from the same ratings.' },
  ]; // prettier-ignore
}

/** .4829 as the field writes it. */
const fraction = (value: number): string => value.toFixed(4).replace(/^0/, '');
const plainNumber = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });
const percent = (share: number): string => `${(share * 100).toPrecision(2)} %`;
const bytes = (count: number): string =>
  count < 1e6 ? `${Math.ceil(count / 1000)} kB` : `${(count / 1e6).toFixed(1)} MB`;
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;
