import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, Visitor, type TestSite } from '../support/site.ts';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';

const prompt = 'I loved Alien and The Thing, hated Prometheus; claustrophobic, slow burn';
const form = { prompt, k: '5', importance: '40', chatModel: 'none' };

/** The titles of the list as it is shown, in order. */
const listed = (html: string): string[] =>
  [...html.matchAll(/<li class="film"[^>]*data-title="(\d+)">/g)].map(([, movieId]) => movieId!);
const scores = (html: string): string[] =>
  [...html.matchAll(/data-score-value>([\d.]+)</g)].map(([, value]) => value!);
const chips = (html: string): string[] =>
  [...html.matchAll(/aria-label="Remove ([^"]+)"/g)].map(([, name]) => name!);

describe('asking without scripts and without a language model', () => {
  let site: TestSite;
  let visitor: Visitor;
  let location: string;
  let html: string;

  beforeAll(async () => {
    site = await startSite();
    visitor = new Visitor(site.url);
    const answer = await visitor.post('/recommendations', form);
    expect(answer.status).toBe(303);
    location = answer.location;
    html = (await visitor.page(location)).html;
  });
  afterAll(() => site.close());

  it('leads to a list of K titles at an address that tells nothing of the prompt', () => {
    expect(location).toMatch(/^\/recommendations\/[\w-]{22}$/);
    expect(listed(html)).toHaveLength(5);
  });

  it('shows what was understood, how the list was made, and that no model took part', () => {
    expect(chips(html)).toEqual(expect.arrayContaining(['Alien', 'The Thing', 'Prometheus']));
    expect(html).toMatch(/EASE \+ text match · \d/);
    expect(html).toContain('No language model');
  });

  it('never lists a title that was rated in the prompt', () => {
    const said = [...html.matchAll(/id="opinion-(\d+)"/g)].map(([, movieId]) => movieId);
    expect(said).toHaveLength(3);
    for (const movieId of said) expect(listed(html)).not.toContain(movieId);
  });

  it('re-orders by ?importance= and shortens by ?k=, without a new run', async () => {
    const byTaste = (await visitor.page(`${location}?importance=100`)).html;
    expect(listed(byTaste)).toHaveLength(5);
    expect(listed(byTaste)).not.toEqual(listed(html));
    expect(scores(byTaste)[0]).toBe('10.0');
    expect(listed((await visitor.page(`${location}?importance=100&k=2`)).html)).toEqual(
      listed(byTaste).slice(0, 2),
    );
  });

  it('remembers the importance for the next time', async () => {
    expect((await visitor.page('/')).html).toMatch(/id="ask-importance"[^>]*value="40"/);
  });

  it('draws the chart on the server', () => {
    expect(html.match(/data-chart="(wide|narrow)"/g)).toHaveLength(2);
    expect(html).toMatch(/<path d="M158 [\d.]+L/);
  });

  it('makes a new list from corrected chips and leaves the prompt as it was', async () => {
    const answer = await visitor.post('/recommendations', {
      ...form,
      opinion: ['1214:5'],
      wish: ['slow burn'],
      wishesWere: 'slow burn',
      preferences: 'slow burn',
      genre: ['Horror', 'Science Fiction'],
      drop: 'genre:Science Fiction',
    });
    const after = (await visitor.page(answer.location)).html;
    expect(chips(after)).toEqual(['Alien', 'slow burn', 'Horror']);
    expect(after).toContain(prompt);
  });

  it('drops a title from the list once it is hidden, and refills', async () => {
    const [first] = listed(html);
    const answer = await visitor.post(`/titles/${first}/hide`, { next: location });
    expect(answer.location).toBe(location);
    const after = listed((await visitor.page(location)).html);
    expect(after).not.toContain(first);
    expect(after).toHaveLength(5);
    await visitor.post(`/titles/${first}/unhide`, { next: location });
    expect(listed((await visitor.page(location)).html)).toContain(first);
  });

  it('is nobody else’s until it is shared, and only its owner can share it', async () => {
    const other = new Visitor(site.url);
    expect((await other.page(location)).status).toBe(404);
    expect((await other.post(`${location}/share`)).status).toBe(404);
    expect((await visitor.post(`${location}/share`)).location).toBe(`${location}#share`);
    const seen = await other.page(location);
    expect(seen.status).toBe(200);
    expect(listed(seen.html)).toEqual(listed(html));
    expect(seen.html).not.toContain('/share"');
  });

  it('comes back with a message at the field and everything that was typed', async () => {
    const long = `kept ${'word '.repeat(1900)}`;
    const answer = await visitor.post('/recommendations', { ...form, prompt: long, k: '0' });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('How many titles: a whole number from 1 to 100.');
    expect(answer.html).toMatch(/id="prompt-error">That is [\d,]+ characters; 4,000 is the most\./);
    expect(answer.html).toContain(long);
  });

  it('fills the box with an example by its address', async () => {
    expect((await visitor.page('/?example=2')).html).toMatch(/<textarea[^>]*>\s*I loved Heat and Collateral/);
    expect((await visitor.page('/?example=9')).html).toMatch(/<textarea[^>]*>\s*<\/textarea>/);
  });

  it('answers an unknown list with a page of our own', async () => {
    const answer = await visitor.page('/recommendations/nothing');
    expect(answer.status).toBe(404);
    expect(answer.html).toContain('Nothing is playing here');
  });
});

describe('following a list while it is made', () => {
  let provider: ScriptedProvider;
  let site: TestSite;

  beforeAll(async () => {
    provider = await startScriptedProvider({ delayMs: 250 });
    site = await startSite({
      chatModels: [
        { id: 'scripted', label: 'Scripted', provider: 'openai', model: 's', baseUrl: provider.url, json: 'object', local: true },
      ],
    }); // prettier-ignore
  });
  afterAll(async () => {
    await site.close();
    await provider.close();
  });

  const ask = { prompt: 'quiet films about grief', k: '4', importance: '30', chatModel: 'scripted' };

  it('tells what is happening, sends the list as it grows, and ends with the whole', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', { ...ask, live: '1' });
    const running = await visitor.page(location);
    expect(running.html).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>');
    const stream = await visitor.fetch(`${location}/events`);
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = readEvents(await stream.text());
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['progress', 'list', 'done']));
    expect(events.at(-1)?.event).toBe('done');
    const lines = events.filter(({ event }) => event === 'progress').map(({ data }) => data.line);
    expect(lines.some((line) => /^Reading \d+ plots: \d+ done$/.test(line ?? ''))).toBe(true);
    expect(listed(events.at(-1)!.data.html!)).toHaveLength(4);
    const finished = await visitor.page(location);
    expect(listed(finished.html)).toEqual(listed(events.at(-1)!.data.html!));
    expect(finished.html).toContain('Scripted ·');
    expect(finished.html).not.toContain('http-equiv="refresh"');
  });

  it('waits for the finished list where no script runs', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', ask);
    expect((await visitor.page(location)).html).toContain('data-state="done"');
  });

  it('stops when told to, and keeps what is there', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', {
      ...ask,
      prompt: 'trains at night',
      live: '1',
    });
    const stream = await visitor.fetch(`${location}/events`);
    expect((await visitor.post(`${location}/stop`)).location).toBe(location);
    expect(readEvents(await stream.text()).at(-1)?.event).toBe('done');
    const { html } = await visitor.page(location);
    expect(listed(html)).toHaveLength(4);
    expect(html).toContain('data-state="done"');
  });
});

function readEvents(text: string): { event: string; data: { line?: string; html?: string } }[] {
  return [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, event, data]) => ({
    event: event!,
    data: JSON.parse(data!) as { line?: string; html?: string },
  }));
}
