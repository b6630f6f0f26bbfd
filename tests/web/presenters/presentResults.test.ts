import { describe, expect, it } from 'vitest';
import { presentResults } from '../../../src/web/presenters/presentResults.ts';
import type { TitleCard } from '../../../src/web/presenters/presentCard.ts';
import { aContext, aRun, candidates, emptyProfile } from './exampleRun.ts';

const reasonOf = (card: TitleCard | undefined, at: number) =>
  card?.reasons[at]?.parts.map(({ text }) => text).join('');

describe('the list', () => {
  it('is the best K at the importance asked for, with scores of ten', () => {
    const byWords = presentResults(aRun(), 0, aContext());
    const byTaste = presentResults(aRun(), 100, aContext());
    const shown = (cards: TitleCard[]) =>
      cards
        .filter(({ isOutside }) => !isOutside)
        .map(({ name, rank, score }) => `${rank} ${name} ${score.value}`);
    expect(shown(byWords.cards)).toEqual(['1 Alpha 10.0', '2 Beta 3.3']);
    expect(shown(byTaste.cards)).toEqual(['1 Beta 10.0', '2 Alpha 2.2']);
  });

  it('keeps every title ready that the slider can bring, and some to spare for a hidden one', () => {
    const { cards } = presentResults(aRun(), 0, aContext());
    expect(cards.map(({ name, isOutside }) => [name, isOutside])).toEqual([
      ['Alpha', false],
      ['Beta', false],
      ['Gamma', true],
    ]);
  });

  it('drops a title that was hidden since, and refills', () => {
    const { cards } = presentResults(aRun(), 0, aContext({ profile: { ...emptyProfile, hidden: [1] } }));
    expect(cards.map(({ name, rank }) => `${rank} ${name}`)).toEqual(['1 Beta', '2 Gamma']);
  });

  it('gives the browser every part of every candidate', () => {
    const { ranking } = presentResults(aRun(), 30, aContext());
    expect(JSON.parse(ranking)).toEqual({
      k: 2,
      kind: 'linear',
      importance: 30,
      left: 'your words',
      candidates: [
        [1, 0.2, 0.9, 3],
        [2, 0.9, 0.3, 2],
        [3, 0.05, 0.05, 1],
      ],
    });
  });
});

describe('reasons', () => {
  const { cards } = presentResults(aRun(), 0, aContext());
  const [alpha, beta, gamma] = cards;

  it('are the model’s sentence, or the words that matched', () => {
    expect(reasonOf(alpha, 0)).toBe('One room, one night.');
    expect(alpha?.reasons[0]?.method).toBe('Llama 3.1 8B');
    expect(reasonOf(beta, 0)).toBe('matches slow burn, night');
    expect(beta?.reasons[0]?.method).toBe('text match');
    expect(reasonOf(gamma, 0)).toBe('none of your words appear in its text');
  });

  it('are the arithmetic of the recommender, for and against', () => {
    expect(reasonOf(alpha, 1)).toBe('because you liked Loved +80\u00a0%, in spite of Hated −20\u00a0%');
    expect(reasonOf(beta, 1)).toBe('because you did not care for Hated +100\u00a0%');
    expect(reasonOf(gamma, 1)).toBe('nothing you rated speaks for it or against it');
  });

  it('say plainly when taste is only what is widely loved', () => {
    const run = aRun({ scoring: { fit: 'text', taste: 'popularity', blend: 'linear', importance: 50 } });
    expect(reasonOf(presentResults(run, 50, aContext()).cards[0], 1)).toBe(
      'widely loved: no stars of yours to go by',
    );
  });

  it('stand beside two bars of the parts the blend used', () => {
    expect(alpha?.score.bars).toEqual([
      { tone: 'words', label: 'words', value: '.90', width: 90, method: 'Llama 3.1 8B' },
      { tone: 'taste', label: 'taste', value: '.20', width: 20, method: 'recommender (EASE)' },
    ]);
  });
});

describe('what was understood', () => {
  const { understood } = presentResults(aRun(), 50, aContext());

  it('is one chip each for opinions, wishes, filters and what was not found', () => {
    expect(understood.opinions.map(({ name, stars, drop }) => `${stars} ${name} ${drop}`)).toEqual([
      '★★★★½ Loved opinion:4',
      '★ Hated opinion:5',
    ]);
    expect(understood.wishes).toEqual([{ text: 'slow burn', drop: 'wish:slow burn' }]);
    expect(understood.filters.map(({ text }) => text)).toEqual(['1979 or before', 'in French']);
    expect(understood.unmatched[0]?.suggestions).toEqual([{ name: 'Alpha', add: '1:4:Alfa' }]);
  });

  it('says how the list was made, in seconds, tokens and dollars', () => {
    expect(understood.how).toBe('EASE + Llama 3.1 8B · 2.1 s · 1,940 tokens · $0.004');
    const plain = aRun({
      scoring: { fit: 'text', taste: 'cf', blend: 'linear', importance: 50 },
      usage: { calls: 0, cachedCalls: 0, promptTokens: 0, completionTokens: 0, ms: 40 },
    });
    expect(presentResults(plain, 50, aContext()).understood.how).toBe('EASE + text match · 0.04 s');
  });

  it('says why a list is plainer than asked for', () => {
    const run = aRun();
    run.scoring.degraded = { code: 'timeout', reason: 'The language model took longer than 20 s' };
    expect(presentResults(run, 50, aContext()).understood.notes).toEqual([
      'The language model took longer than 20 s.',
    ]);
  });
});

describe('the mixing desk', () => {
  it('counts what moves against words alone', () => {
    expect(presentResults(aRun(), 100, aContext()).desk?.sentence).toBe(
      'Against words alone, 2 of 2 titles move.',
    );
    expect(presentResults(aRun(), 0, aContext()).desk?.sentence).toBe(
      'This is the order of your words alone.',
    );
  });

  it.each([
    ['diversity was asked for', { diversity: 0.5 }, {}, 'ordered for variety'],
    [
      'the words were not asked for',
      { importance: 100 },
      { fit: 'none' as const },
      'your taste alone decides',
    ],
    ['nothing is known of the taste', {}, { taste: 'none' as const }, 'your words alone decide the order'],
  ])('gives way to a sentence when %s', (_when, request, scoring, said) => {
    const run = aRun();
    const page = presentResults({ ...run, request: { ...run.request, ...request }, scoring: { ...run.scoring, ...scoring } }, 50, aContext()); // prettier-ignore
    expect(page.desk).toBeNull();
    expect(page.deskNote).toContain(said);
  });

  it('gives way to a sentence when none of the words stand in the catalogue', () => {
    const run = aRun({ candidates: candidates.map((one) => ({ ...one, fit: null })) });
    run.understood = { ...run.understood, preferences: 'asdf qwer' };
    run.scoring = { ...run.scoring, fit: 'none' };
    const { desk, deskNote } = presentResults(run, 50, aContext());
    expect(desk).toBeNull();
    expect(deskNote).toBe(
      'None of your words stand in the catalogue, whose plots and tags are in English: your taste alone decides the order.',
    );
  });

  it.each([
    ['what was named is unknown to the recommender', {}, 'Nothing is known of what you named yet'],
    ['what was named was not found', { opinions: [], filters: {}, unmatched: [{ said: 'Zanthor', suggestions: [] }] }, 'Pick what you meant above'],
    ['there are only filters', { opinions: [], unmatched: [] }, 'that your filters let through'],
    ['the words say nothing', { opinions: [], filters: {}, unmatched: [] }, 'Nothing in your words says what you are after'],
  ])('says why the list is of popular titles when %s', (_when, understood, said) => {
    const run = aRun();
    run.scoring = { ...run.scoring, fit: 'none', taste: 'popularity' };
    run.understood = { ...run.understood, preferences: '', ...understood };
    expect(presentResults(run, 50, aContext()).deskNote).toContain(said);
  }); // prettier-ignore
});

describe('a span of years', () => {
  const chipsOf = (filters: object) => {
    const run = aRun();
    run.understood = { ...run.understood, filters };
    return presentResults(run, 50, aContext()).understood.filters;
  };

  it('is one chip that goes as one', () => {
    expect(chipsOf({ yearFrom: 1970, yearTo: 1979 })).toMatchObject([
      { text: '1970–1979', drop: 'years:*', fields: [{ name: 'yearFrom', value: '1970' }, { name: 'yearTo', value: '1979' }] },
    ]); // prettier-ignore
    expect(chipsOf({ yearFrom: 1921, yearTo: 1921 }).map(({ text }) => text)).toEqual(['1921']);
  });

  it('that holds no year stays two, so that one can be dropped', () => {
    expect(chipsOf({ yearFrom: 2010, yearTo: 1989 }).map(({ text, drop }) => [text, drop])).toEqual([
      ['2010 or later', 'yearFrom:2010'],
      ['1989 or before', 'yearTo:1989'],
    ]);
  });
});

describe('empty and short lists', () => {
  it('name the filter to drop and what it would bring', () => {
    const run = aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: 'languages' } });
    const { empty, desk } = presentResults(run, 50, aContext({ leftWithout: 14 }));
    expect(empty).toEqual({
      text: 'Nothing left. Drop ',
      dropped: 'French',
      after: ' to get 14.',
      button: { drop: 'language:*', label: 'Drop French' },
    });
    expect(desk).toBeNull();
  });

  it('name a span of years once and count what dropping both its ends would bring', () => {
    const run = aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: 'yearFrom', drop: ['yearFrom', 'yearTo'] } }); // prettier-ignore
    run.understood = { ...run.understood, filters: { yearFrom: 1921, yearTo: 1921 } };
    const { empty } = presentResults(run, 50, aContext({ leftWithout: 14 }));
    expect(`${empty?.text}${empty?.dropped}${empty?.after}`).toBe('Nothing left. Drop 1921 to get 14.');
    expect(empty?.button?.drop).toBe('years:*');
  });

  it('promise nothing when another filter stands in the way too', () => {
    const run = aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: 'languages' } });
    const { empty } = presentResults(run, 50, aContext({ leftWithout: 0 }));
    expect(`${empty?.text}${empty?.dropped}${empty?.after}`).toBe(
      'Nothing left. Begin by dropping French; another filter stands in the way too.',
    );
  });

  it('have nothing to share', () => {
    const run = aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: null } });
    expect(presentResults(run, 50, aContext()).share).toBeNull();
  });

  it('call a refusal by the words of its chip', () => {
    const run = aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: 'excludePeople' } });
    run.understood = { ...run.understood, filters: { excludePeople: ['Tom Cruise'] } };
    const { empty, understood } = presentResults(run, 50, aContext());
    expect(empty?.button).toEqual({ drop: 'excludePerson:*', label: 'Drop without Tom Cruise' });
    expect(understood.filters.map(({ text }) => text)).toEqual(['without Tom Cruise']);
  });

  it('say how many are left of how many', () => {
    const run = aRun({
      candidates: candidates.slice(0, 1),
      shortfall: { wanted: 2, left: 1, tightest: null },
    });
    expect(presentResults(run, 50, aContext()).shortfall).toBe(
      'You asked for 2; one title is left after your filters and what you have seen.',
    );
  });
});

it('a running list shows grey cards, a refresh for browsers without scripts, and no verdict yet', () => {
  const page = presentResults(aRun({ state: 'running', candidates: [] }), 50, aContext());
  expect(page).toMatchObject({ skeletons: 2, refreshSeconds: 2, empty: null, isRunning: true });
  expect(page.understood.how).toBe('');
});

it('only the owner is offered to share', () => {
  expect(presentResults(aRun(), 50, aContext()).share?.address).toBe(
    'https://films.example/recommendations/run-1',
  );
  expect(presentResults(aRun(), 50, aContext({ isOwner: false })).share).toBeNull();
});
