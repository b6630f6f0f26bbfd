import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFacts } from '../../src/services/describeModel.ts';
import { presentModelCard } from '../../src/web/presenters/presentModelCard.ts';
import { writeRatings } from '../../training/ratingsFile.ts';
import { trainDataDirectory, type TrainedModel } from '../../training/trainDataDirectory.ts';
import { readTrainOptions } from '../../training/trainOptions.ts';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { startSite, type TestSite, Visitor } from '../support/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
const page = async () => (await new Visitor(site.url).page('/about/model')).html;
/** Without markup and line breaks. */
const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

async function train(): Promise<TrainedModel> {
  await writeRatings(join(site.dataDir, 'ratings.bin'), smallCatalogue().ratings);
  await site.app.store.settings.set('dataset', { base: 'starter' });
  mkdirSync(join(site.dataDir, 'reports'), { recursive: true });
  const report = { name: 'starter', licence: 'MIT <made up>', citation: 'Harper and Konstan, 2015' };
  writeFileSync(join(site.dataDir, 'reports/starter.json'), JSON.stringify(report));
  const given = [
    '--data-dir',
    site.dataDir,
    '--min-ratings',
    '5',
    '--engine',
    'plain',
    '--created-by',
    'mara',
  ];
  const trained = await trainDataDirectory(readTrainOptions(given), () => {});
  await site.app.context.library.refresh();
  return trained;
}

describe('the model card', () => {
  it('of a model nobody registered says what its file knows and that it was not measured', async () => {
    const text = words(await page());
    expect(text).toContain('RDLAE by Jaewan Moon');
    expect(text).toContain('λ 20 How much evidence');
    expect(text).toContain('This model has not been measured');
  });

  it('says what the model is, learned from, how good it is beside the most rated titles, and who trained it', async () => {
    const { modelId, promotion, metrics } = await train();
    const html = await page();
    const text = words(html);
    expect(text).toContain(`Name ${modelId}`);
    expect(text).toContain(`nDCG@10 ${promotion.ndcgAt10!.toFixed(4).slice(1)} How well`);
    expect(text).toMatch(/between \.\d{4} and \.\d{4} \(95 %\)/);
    expect(text).toMatch(/Most rated titles \.\d{4}/);
    expect(text).toContain(`${metrics.ratings.toLocaleString('en')} ratings by`);
    expect(text).toContain('started by mara');
    expect(text).toContain('Licence: MIT &lt;made up&gt;. To cite: Harper and Konstan, 2015.');
    expect(text).toContain('Its ratings are not real.');
    const report = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(html);
    expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  });

  it('is linked from About', async () => {
    const { html } = await new Visitor(site.url).page('/about');
    expect(html).toContain('<a href="/about/model">model card</a>');
  });
});

describe('what a card says of its limits', () => {
  const facts: ModelFacts = {
    modelId: 'm',
    header: {
      version: 1,
      algorithm: 'ease',
      parameters: { algorithm: 'ease', lambda: 500, minRatings: 20, input: 'graded' },
      dataHash: 'abcdef0123456789',
      titles: 1000,
      entries: 9990,
      valueType: 'f16',
      columnType: 'u16',
      trainedAt: '2026-03-04T05:06:07.000Z',
    },
    fileBytes: 2_345_678,
    createdBy: 'setup',
    training: { users: 1, ratings: 12_345, seconds: 12.4, solver: 'plain' },
    quality: { ndcgAt10: 0.31234, interval: [0.3, 0.33], popularityNdcgAt10: 0.301, people: 800 },
    dataSet: { name: 'ml-1m', licence: 'research only.', citation: 'Harper' },
    catalogue: { titles: 1200, known: 1000, years: [1950, 1994, 1995, 2000, 2003] },
  };

  it('counts what it does not know and says how old what it knows is', () => {
    const { card } = presentModelCard(facts);
    expect(card!.limits).toContain('200 titles of the catalogue had too few ratings for it. They can only be found by words and tags.'); // prettier-ignore
    expect(card!.limits.join(' ')).toContain('from before 1996, the newest from 2003');
    expect(card!.limits[0]).toContain('volunteers of MovieLens');
    expect(card!.learnedFrom).toContain('The data set is “ml-1m”. Licence: research only.');
    expect(card!.parameters).toContainEqual({
      name: 'Connections',
      value: '9,990',
      meaning: 'The strongest 1.0 % of all; the rest are too weak to matter and left out.',
    });
    expect(card!.origin[2]).toEqual({ name: 'Size', value: '2.3 MB', meaning: '1,000 titles, numbers in 16 bits.' }); // prettier-ignore
  });

  it('claims to beat the most rated titles only where the whole interval does', () => {
    expect(presentModelCard(facts).card!.quality.said).toContain('It does not surely beat');
    const better = { ...facts.quality!, popularityNdcgAt10: 0.29 };
    expect(presentModelCard({ ...facts, quality: better }).card!.quality.said).toContain('It beats');
  });

  it('names no parameter that the algorithm has no use for', () => {
    const parameters = { ...facts.header.parameters, dropout: 0.35, xi: 0.2 };
    const names = (algorithm: string) =>
      presentModelCard({ ...facts, header: { ...facts.header, algorithm, parameters } }).card!.parameters.map(
        ({ name }) => name,
      );
    expect(names('ease')).toEqual(['λ', 'Connections']);
    expect(names('rdlae')).toEqual(['λ', 'Dropout p', 'ξ', 'Connections']);
  });

  it('without a model says so', () => {
    expect(presentModelCard(null)).toMatchObject({
      card: null,
      intro: expect.stringContaining('No recommender has been trained yet') as string,
    });
  });
});
