/** One way of answering a task. */
export interface Method {
  id: string;
  label: string;
  /** `none`, or the id of a chat model. */
  chatModel: string;
  /** Absent: by evidence, as the site does when nobody chose. */
  importance?: number;
}

/** What the site does without a language model and without a choice. */
const BY_EVIDENCE: Method = { id: 'text', label: 'text fit, importance by evidence', chatModel: 'none' };

/**
 * Recommender only, text fit at the site's own importance and with no taste in it, and a chat model when one is named.
 * @param importances more settings of the slider for text fit
 */
export function chooseMethods(chatModel: string | undefined, importances: readonly number[] = []): Method[] {
  const atImportance = (importance: number): Method => ({
    id: `text@${importance}`,
    label: `text fit, importance ${importance}`,
    chatModel: 'none',
    importance,
  });
  return [
    ...(chatModel
      ? [{ id: `model:${chatModel}`, label: `${chatModel}, importance by evidence`, chatModel }]
      : []),
    BY_EVIDENCE,
    ...[...new Set([0, ...importances])].map(atImportance),
    { id: 'recommender', label: 'recommender only', chatModel: 'none', importance: 100 },
  ];
}
