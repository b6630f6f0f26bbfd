import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../parseJson.ts';
import type { ModelHeader } from '../recommender/ease.ts';
import type { Store } from '../store/database.ts';
import { modelPath, type Library } from './library.ts';

/** Everything a model card says, of the model that is served. What is not on record is null. */
export interface ModelFacts {
  modelId: string;
  header: ModelHeader;
  fileBytes: number | null;
  createdBy: string | null;
  training: { users: number; ratings: number; seconds: number; solver: string } | null;
  /** On people taken out of the model before it was asked about them (docs/training.md). */
  quality: {
    ndcgAt10: number;
    interval: [number, number];
    popularityNdcgAt10: number;
    people: number;
  } | null;
  dataSet: { name: string; licence: string; citation: string } | null;
  /** Titles of the catalogue, how many of them the model knows, and the years of those it knows, ascending. */
  catalogue: { titles: number; known: number; years: number[] };
}

const metricsSchema = z.object({
  users: z.number(),
  ratings: z.number(),
  seconds: z.record(z.string(), z.number()),
  solver: z.string(),
});
const qualitySchema = z.object({
  ndcgAt10: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  popularityNdcgAt10: z.number(),
  people: z.number(),
});
const dataSetSchema = z.object({ name: z.string(), licence: z.string(), citation: z.string() });

/** @returns null when no model is served */
export async function describeModel(
  { store, dataDir }: { store: Store; dataDir: string },
  { active, catalogue, model, indexOfRow }: Library,
): Promise<ModelFacts | null> {
  const { modelId } = active;
  if (!model || modelId === null) return null;
  const [row, file, dataSet] = await Promise.all([
    store.models.get(modelId),
    stat(modelPath(dataDir, modelId)).catch(() => null),
    readDataSet(store, dataDir),
  ]);
  const { data: metrics } = metricsSchema.safeParse(row?.metrics);
  const { data: quality } = qualitySchema.safeParse(row?.metrics['judgement']);
  const current = catalogue.titles.map((title, index) => ({ title, index })).filter(({ title }) => !title.isRetired); // prettier-ignore
  const known = current.filter(({ index }) => indexOfRow[index]! >= 0);
  return {
    modelId,
    header: model.header,
    fileBytes: file?.size ?? null,
    createdBy: row?.createdBy ?? null,
    training: metrics ? { ...metrics, seconds: sum(Object.values(metrics.seconds)) } : null,
    quality: quality ?? null,
    dataSet,
    catalogue: {
      titles: current.length,
      known: known.length,
      years: known.map(({ title }) => title.year).sort((a, b) => a - b),
    },
  };
}

/** Licence and citation as `setup` wrote them down. */
async function readDataSet(store: Store, dataDir: string): Promise<ModelFacts['dataSet']> {
  const loaded = await store.settings.get<{ base: string }>('dataset');
  if (!loaded) return null;
  const text = await readFile(join(dataDir, 'reports', `${loaded.base}.json`), 'utf8').catch(() => 'null');
  return dataSetSchema.safeParse(parseJson(text)).data ?? null;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
