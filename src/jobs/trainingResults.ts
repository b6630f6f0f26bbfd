/**
 * What the child processes of `marquee train` answer with, for those who start them. `training/` fills them in; some of
 * its answers hold more.
 */
export interface TrainedModel {
  modelId: string;
  /** Whether it is served now; `promotion` says why. */
  isActive: boolean;
  promotion: { reason: string };
  metrics: { titles: number; ratings: number; users: number; seconds: Record<string, number> };
  /** Older models that were taken out. */
  removed: string[];
}

/** A row of the registry, as `train --list` shows it. */
export interface ListedModel {
  modelId: string;
  isActive: boolean;
  createdAt: string;
  createdBy: string;
  algorithm: string;
  parameters: Record<string, unknown>;
  titles: number;
  dataSet: string | null;
  ndcgAt10: number | null;
  /** 95 %, of the nDCG. */
  interval: [number, number] | null;
  people: number | null;
  /** Why it cannot be gone back to, in one sentence. */
  problem: string | null;
}

export interface ListedModels {
  /** Newest first. */
  models: ListedModel[];
}

export interface RolledBack {
  modelId: string;
  /** The one that was active until now. */
  before: string | null;
}
