/**
 * The strict text form of models without a JSON mode (`OPINION | title | year | rating | said` and so on) as the object the JSON
 * form would be; null when no line is of that form.
 */
export function parseUnderstandingLines(answerText: string): Record<string, unknown> | null {
  const opinions: unknown[] = [];
  const preferences: string[] = [];
  const wishes: string[] = [];
  // Maps: a line may name a filter "constructor".
  const lists = new Map<string, string[]>();
  const years = new Map<string, string>();
  let isFound = false;
  for (const line of answerText.slice(0, 50_000).split('\n')) {
    const [name = '', ...parts] = line
      .replace(/^[\s*>`|-]+/, '')
      .split('|')
      .map((part) => part.trim());
    const [first = '', second = ''] = parts;
    const kind = name.toUpperCase().replace(/[^A-Z]/g, '');
    if (!['OPINION', 'PREFERENCES', 'WISH', 'FILTER'].includes(kind) || parts.length === 0) continue;
    isFound = true;
    if (kind === 'OPINION')
      opinions.push({ title: first, year: second, rating: parts[2], said: parts[3] ?? first });
    else if (kind === 'PREFERENCES') preferences.push(first);
    else if (kind === 'WISH') wishes.push(first);
    else if (/^year(?:From|To)$/.test(first)) years.set(first, second);
    else lists.set(first, [...(lists.get(first) ?? []), second].filter(Boolean));
  }
  if (!isFound) return null;
  return {
    opinions,
    preferences: preferences.filter(Boolean).join(' '),
    wishes,
    filters: Object.fromEntries([...lists, ...years]),
  };
}
