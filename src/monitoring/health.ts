/** What the probes ask of the running site; kept structural so that monitoring depends on nothing else of ours. */
export interface Probed {
  store: { ping(): Promise<void> };
  library: { current: { model: unknown } | null };
}

/** Reasons why the site cannot serve yet; empty when it can. */
export async function whyNotReady({ store, library }: Probed): Promise<string[]> {
  const reasons: string[] = [];
  await store.ping().catch(() => reasons.push('the database does not answer'));
  if (!library.current) reasons.push('the catalogue and its index are not loaded');
  else if (!library.current.model) reasons.push('no model is trained');
  return reasons;
}
