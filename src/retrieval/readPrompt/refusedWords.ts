/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import { isStopWord } from '../tokenize.ts';

/**
 * What is refused by words, said so that text fit reads all of it as unwanted (`textFit.ts` reads one word behind "no", and
 * more joined by a hyphen): "without American heroes" → "without American-heroes", "no gore, violence or sex" → "no gore, no
 * violence, no sex", "sick of sequels" → "no sequels". Names of titles are cut out before.
 */
const REFUSING = String.raw`(?:no more|no|not|without|nothing|never|non|avoid(?:ing)?|anything but|don['’]?t want|do not want)`;
const TIRED_OF = String.raw`(?:i(?:['’]m| am)\s+)?(?:(?:so|really|a bit|kind of)\s+)?(?:sick|tired|bored|weary|fed up|had enough|seen enough)\s+(?:of|with)|(?:i\s+)?(?:hate|despise|loathe|dislike|can['’]?t stand|cannot stand|(?:do not|don['’]?t)\s+(?:like|enjoy|do|need|care for)|never liked|not a fan of|not into|not interested in|not keen on|no interest in|enough)`;
const SMALL = String.raw`(?:(?:any|anything|too|so|very|really|much|many|more|a|an|the|of|those|these|that|is|about|involving|featuring|set|in|with|films?|movies?)\s+){0,4}`;
const THING = String.raw`[\p{L}\p{N}][\p{L}\p{N}'’-]*`;
const REFUSAL = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:(${TIRED_OF})|(${REFUSING}))\s+(${SMALL})(${THING}(?:\s+${THING}){0,5})((?:\s*,\s*(?:no\s+)?${THING}(?:\s+${THING})?){0,4},?\s+(?:or|nor|and)\s+(?:no\s+)?${THING}(?:\s+${THING}){0,2}(?=\s*(?:$|[.,;!?|)\n])))?`,
  'giu',
);
/** Words with which something else begins. */
const ENDS =
  /^(?:and|or|nor|but|please|with|without|from|by|for|to|that|which|who|where|when|because|since|as|than|like|though|just|only|also|in|on|at|of|if|so|then|tonight|today|this|i|i['’]?m|we|it|is|are|something|anything|set|about|no|not|nothing)$/iu;
/** "not only", "no problem with", "nothing beats": nothing is refused. */
const REFUSES_NOTHING =
  /^(?:only|just|sure|necessarily|even|afraid|problem|problems|matter|idea|doubt|one|longer|wonder|unlike|worry|worries|preference|preferences|limits?|need|mind|bad|know|want|expect|fancy|sad|better|rush|beats|tops)$/iu;
const MOST_WORDS = 3;

/** Stands between the words of one refusal until it is known for whom they are written: `joined` or `apart`. */
const JOINT = '\uE000';
export const joined = (text: string): string => text.replaceAll(JOINT, '-');
export const apart = (text: string): string => text.replaceAll(JOINT, ' ');

export function spellOutRefusals(text: string): string {
  return text.replace(
    REFUSAL,
    (whole: string, tired = '', refusing = '', small = '', said = '', more = '') => {
      const words = String(said).split(/\s+/);
      const end = words.findIndex((word) => ENDS.test(word));
      const phrase = end < 0 ? words : words.slice(0, end);
      const rest = end < 0 ? [] : words.slice(end);
      const content = phrase.filter((word) => !isStopWord(word.toLowerCase()));
      if (content.length === 0 || REFUSES_NOTHING.test(phrase[0]!)) return whole;
      const isTired = tired !== '';
      // A longer phrase is a sentence, of which nobody knows where the refusal ends.
      if (!isTired && phrase.length > MOST_WORDS) return whole;
      const lead = isTired ? 'no' : leadOf(String(refusing), String(small));
      const first = `${lead} ${content.slice(0, MOST_WORDS).join(JOINT)}`;
      if (rest.length === 0) return first + listed(String(more));
      // "I hate gore and jump scares"
      const isList =
        isTired &&
        /^(?:and|or)$/iu.test(rest[0]!) &&
        rest.length <= 3 &&
        !rest.slice(1).some((word) => ENDS.test(word));
      return isList
        ? `${first}, no ${rest.slice(1).join(JOINT)}${listed(String(more))}`
        : `${first} ${rest.join(' ')}${String(more)}`;
    },
  );
}

/** ", violence or sex" → ", no violence, no sex" */
const listed = (more: string): string =>
  more
    .split(/\s*,\s*(?:(?:and|or|nor)\s+)?|\s+(?:and|or|nor)\s+/iu)
    .filter((thing) => thing !== '')
    .map(
      (thing) =>
        `, no ${thing
          .replace(/^no\s+/iu, '')
          .trim()
          .replace(/\s+/g, JOINT)}`,
    )
    .join('');

/** "not about", "nothing set in" refuse a subject; "not too" a measure. */
function leadOf(refusing: string, small: string): string {
  const measure = /\b(?:too|very|so|really|much)\b/iu.exec(small)?.[0];
  const isPlain = /^(?:no more|avoid|avoiding|anything but|don['’]?t want|do not want|nothing)$/iu.test(
    refusing,
  );
  if (measure) return `${isPlain ? 'not' : refusing} ${measure}`;
  return isPlain ? 'no' : refusing;
}
