import type { ListedModel, RolledBack, TrainedModel } from '../jobs/trainingResults.ts';
import { usedParameters } from '../services/modelParameters.ts';

/** What `marquee train` says on a terminal. */
export function presentTraining({ modelId, isActive, promotion, metrics, removed }: TrainedModel): string {
  const seconds = Object.values(metrics.seconds).reduce((sum, value) => sum + value, 0);
  return [
    `${modelId}: ${count(metrics.titles)} titles, ${count(metrics.ratings)} ratings of ${count(metrics.users)} people, ${seconds.toFixed(1)} s`,
    isActive
      ? `Activated: ${promotion.reason}.`
      : `Registered but not activated: ${promotion.reason}. To serve it all the same: train --rollback ${modelId}, or train --force.`,
    ...(removed.length > 0 ? [`Removed as too old: ${removed.join(', ')}.`] : []),
  ].join('\n');
}

export function presentModels(models: ListedModel[]): string {
  if (models.length === 0) return 'No model has been trained here yet.';
  return models.map(presentModel).join('\n');
}

function presentModel(model: ListedModel): string {
  const { ndcgAt10, interval, people } = model;
  const measured =
    ndcgAt10 === null
      ? 'not measured'
      : `nDCG@10 ${ndcgAt10.toFixed(4)} [${interval?.map((end) => end.toFixed(4)).join(', ')}] over ${people} people`;
  const parameters = usedParameters(model.algorithm, model.parameters).map(
    ([name, value]) => `${name} ${String(value)}`,
  );
  return [
    `${model.isActive ? '*' : ' '} ${model.modelId}${model.isActive ? '  active' : ''}`,
    `    ${measured}`,
    `    ${model.algorithm}, ${parameters.join(', ')}, ${count(model.titles)} titles${model.dataSet ? ` of ${model.dataSet}` : ''}`,
    `    ${model.createdAt.slice(0, 16).replace('T', ' ')} UTC by ${model.createdBy}`,
    ...(model.problem ? [`    cannot be used: ${model.problem}`] : []),
  ].join('\n');
}

export const presentRollback = ({ modelId, before }: RolledBack): string =>
  `${modelId} is active now${before ? ` in place of ${before}` : ''}. A running server takes it up within two seconds.`;

const count = (value: number): string => value.toLocaleString('en-US');
