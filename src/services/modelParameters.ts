const USED: Record<string, readonly string[]> = {
  ease: ['lambda'],
  edlae: ['lambda', 'dropout'],
  rlae: ['lambda', 'xi'],
  rdlae: ['lambda', 'dropout', 'xi'],
  dan: ['lambda', 'dropout', 'alpha', 'beta'],
};

/** The parameters an algorithm made use of; a preset may have named more. */
export function usedParameters(algorithm: string, parameters: Record<string, unknown>): [string, unknown][] {
  const ofOthers = new Set(Object.values(USED).flat());
  const own = USED[algorithm];
  return Object.entries(parameters).filter(([name]) => !own || own.includes(name) || !ofOthers.has(name));
}
