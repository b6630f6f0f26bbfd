import { describe, expect, it } from 'vitest';
import { isMoodWord, moodWords } from '../../src/retrieval/moodWords.ts';
import { TextFit } from '../../src/retrieval/textFit.ts';
import { tokenize } from '../../src/retrieval/tokenize.ts';
import { taggedTitle } from './taggedTitle.ts';

describe('mood words', () => {
  it('bring the words that tags have for a mood, without those that were said', () => {
    const further = moodWords(tokenize('grief and hope, heartbreaking'));
    expect(further).toContain(tokenize('melancholy')[0]);
    expect(further).toContain(tokenize('bittersweet')[0]);
    expect(further).not.toContain(tokenize('heartbreaking')[0]);
    expect(isMoodWord(tokenize('quiet')[0]!)).toBe(true);
    expect(isMoodWord('submarine-like')).toBe(false);
  });

  it('find a title whose tags mean what was said, before one that only has the word in its name', () => {
    const fit = TextFit.build(
      [
        taggedTitle('The Grief Machine', ['action']),
        taggedTitle('By the Sea', ['melancholy', 'heartbreaking', 'death']),
        taggedTitle('A Party', ['comedy']),
      ],
      { vectors: null },
    );
    const scores = new Float32Array(3);
    fit.score('films about grief and loss that break your heart', scores);
    expect(scores[1]).toBeGreaterThan(scores[0]!);
    expect(scores[2]).toBe(0);
  });

  it('push down what was refused, also where a label has more words than the one that was said', () => {
    const fit = TextFit.build(
      [
        taggedTitle('Snow', ['disney animated feature', 'animation']),
        taggedTitle('Wolves', ['animation', 'dark']),
      ],
      { vectors: null },
    );
    const scores = new Float32Array(2);
    fit.score('animation, not disney', scores);
    expect(scores[1]).toBeGreaterThan(scores[0]! * 2);
  });
});
