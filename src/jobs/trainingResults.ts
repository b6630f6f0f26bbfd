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

/** What a person who left can be shown: which model knew them, which does not, and how exactly they were taken out. */
export interface DeletionReceipt {
  /** ISO 8601. */
  at: string;
  /** People taken out at once, and how many of their ratings counted. No name and no number of theirs is kept. */
  people: number;
  ratings: number;
  modelBefore: string;
  modelAfter: string;
  method: string;
  /** Largest |ΔB| to a training without them on everything else the model knew; null with the reason where it was not made. */
  differenceToRetrain: number | null;
  note: string;
  /** Earlier models that knew them too, taken out with the one before. */
  removedModels: string[];
  /** Trained earlier, without a record of whom on: they may know these people until they are replaced. */
  olderModels: string[];
}
