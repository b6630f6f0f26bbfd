/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded, the patterns are the table's own,
   prompts are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
/**
 * What people say instead of a kind of film, and the words that tags, genres and plots have for it. Phrases stand between
 * bars and are matched as whole words in any case; `~` stands for me, my, us, our, you or your. An empty meaning: small talk, or what
 * no list can be made by. The first word of a meaning also serves when the phrase is refused ("I don't want to cry" → "not sad").
 */
const MOODS = `
cry|cry ~ eyes out|make ~ cry|makes ~ cry|have a good cry|need a good cry|a good cry|good cry|ugly cry|make ~ sob|bawl|weepie|weepy = sad, tearjerker, touching
break ~ heart|breaks ~ heart|rip ~ heart out|heart-wrenching|heartwrenching|gut-wrenching|tug at ~ heartstrings|heartstrings = heartbreaking, sad, poignant
make ~ laugh|makes ~ laugh|laugh out loud|laugh until it hurts|a good laugh|need a laugh|laugh ~ head off|crack ~ up|belly laughs|in stitches = funny, hilarious
cheer ~ up|pick-me-up|pick ~ up|lift ~ spirits|lift ~ mood|make ~ happy|makes ~ happy|make ~ smile|put a smile on ~ face|feel better|feel good about life = feel-good, heartwarming
warm and fuzzy|warm ~ heart|warms ~ heart|hug in a film|like a warm hug|a warm hug|restore ~ faith in humanity|faith in humanity|restore ~ faith in people = heartwarming, feel-good, touching
scare ~|scares ~|be scared|scare the hell out of ~|scare the pants off ~|scared to death|give ~ nightmares|creep ~ out|terrify ~|keep ~ up at night = scary, creepy, horror
edge of ~ seat|edge-of-~-seat|on the edge of ~ seat|keep ~ on the edge of ~ seat|keep ~ on edge|keep ~ hooked|nail-biter|nail biter|nailbiter|heart-pounding|heart pounding|white-knuckle|get ~ heart racing = suspense, tense, thriller
keep ~ guessing|never saw coming|did not see coming|didn't see coming|won't see coming|big twist = twist, mystery
blow ~ mind|blows ~ mind|mess with ~ head|messes with ~ head|mess with ~ mind|mindbender|mind-bender|mind bender|bend ~ mind|question reality = mindfuck, twist, surreal
make ~ think|makes ~ think|get ~ thinking|food for thought|something to chew on|stay with ~ for days|use ~ brain = thought-provoking, cerebral
turn ~ brain off|turn off ~ brain|switch ~ brain off|switch off ~ brain|brain off|shut ~ brain off|no thinking required|don't want to think|do not want to think|do not have to think|don't have to think|without thinking|zero thinking|brainless|brain-dead|mindless|mindless fun|dumb fun|popcorn film|popcorn movie|popcorn flick|popcorn = fun, action-packed, silly
inspire ~|motivate ~|get ~ motivated = inspirational, inspiring
fall in love|believe in love|date night|romantic evening|romantic night|first date|valentine's day = romance, romantic comedy
girls night|girls' night|girls night in|galentine's = fun, chick flick
movie night with friends|night in with friends|watch with friends|with ~ friends|with the boys|with ~ mates|party night = fun, entertaining
family movie night|family night|with the kids|with ~ kids|with ~ children|with the children|with the whole family|for the whole family|with the family|with ~ family|with ~ daughter|with ~ son|with ~ niece|with ~ nephew = family, kids
rainy day|rainy sunday|rainy afternoon|lazy sunday|lazy day|lazy afternoon|sunday afternoon|cosy night in|cozy night in|curl up|under a blanket|duvet day|comfort film|comfort movie|comfort watch|sick in bed|have the flu|hungover|hangover|bad day|rough day|rotten week|bad week|long week|rough week|need comfort|unwind|relax|chill|chill out|easy watching|easy watch|easy viewing = feel-good, light, heartwarming
escape reality|escapism|take ~ away|transport ~|transports ~|get lost in|another world|other worlds = fantasy world, epic, imagination
eye candy|feast for the eyes|visual feast|beautiful to look at|gorgeous to look at|nice to look at = visually stunning, cinematography
get ~ pumped|pumped up|adrenaline|adrenalin|adrenaline rush|non-stop action|nonstop action = action-packed, tense, explosions
trip out|trippy|high as a kite|watch high|watch stoned|stoned = psychedelic, surreal
fall asleep to|help ~ sleep|can't sleep|cannot sleep = slow, meditative
hidden gem|hidden gems|under the radar|off the beaten path|lesser known|lesser-known|little known|little-known|nobody has seen|nobody knows|obscure = underrated, independent film
must see|must-see|must sees|must-sees|everyone should see|everybody should see|everything i should have seen|i should have seen|should have seen by 30|should have seen|before i die|of all time|essential viewing|essentials|all-time classics|the canon|film history = classic, masterpiece
based on real events|based on true events|real events|real-life story|actually happened = based on a true story
strong female leads|strong female lead|strong female characters|strong female character|strong female protagonist|strong women|strong woman|female leads|female lead|female protagonist|badass women|badass woman|kick-ass women|kickass women|kick ass heroine = heroine, kick-butt women, women
surprise ~|surprise|anything goes|dealer's choice|your choice|you choose|you decide|i don't care|don't care what|whatever|no idea|i don't know|not sure what|not sure =
i'm bored|im bored|bored|help|help ~|hello|hi there|how are you|tell ~ a joke|tell me a story|what's up|whats up|who are you|what can you do|test|testing|lol|haha =
`;

const asPattern = (phrase: string): string =>
  phrase
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/['’]/g, "['’]?")
    .replace(/[\s-]+/g, String.raw`[\s-]+`)
    .replaceAll('~', '(?:me|my|us|our|you|your)');

/** Longest phrases first, so that "cry my eyes out" is not "cry". */
const ROWS: readonly { phrase: string; meaning: readonly string[] }[] = MOODS.trim()
  .split('\n')
  .flatMap((line) => {
    const [said = '', meant = ''] = line.split('=');
    const meaning = meant
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    return said.split('|').map((phrase) => ({ phrase: phrase.trim(), meaning }));
  })
  .sort((a, b) => b.phrase.length - a.phrase.length);

/** Words that lead to a phrase and say nothing without it: "I want to", "something that will". */
const LEAD = String.raw`(?:(?:want(?:ed)? to|wanna|like to|need to|in need of|to|that|which|will|would|can|could|really|just|keeps?|something|feels?|like|movies?|films?|after|on|for|of|i|we|a|an|the|some|is|had|having|i['’]ve had|every(?:one|body|thing))\s+){0,6}`;
const TAIL = String.raw`(?:\s+(?:movies?|films?|flicks?|time|please|tonight|today|now))?`;

/** One pattern for all phrases: a text is looked over once. */
const ANY = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(${LEAD})(${ROWS.map(({ phrase }) => asPattern(phrase)).join('|')})${TAIL}(?![\p{L}\p{N}-])`,
  'giu',
);
const WHOLE = ROWS.map(({ phrase, meaning }) => ({
  pattern: new RegExp(`^${asPattern(phrase)}$`, 'iu'),
  meaning,
}));
const REFUSED =
  /\b(?:no|not|never|without|nothing|don['’]?t|doesn['’]?t|won['’]?t|isn['’]?t)\s+(?:\p{L}+\s+){0,2}$/iu;

/** Where the words of a refused mood begin and end: "don't want", left over from "don't want to cry". */
const LEFT_OVER =
  /(?:\bi\s+)?\b(?:(?:do|does|will|is)\s+not|no|not|never|without|nothing|don['’]?t|doesn['’]?t|won['’]?t|isn['’]?t)\s+(?:\p{L}+\s+){0,2},(?= not )/giu;

/** The text with such phrases as the words they mean, each a clause of its own: "a film to make me cry" → "a film , sad, tearjerker,". */
export function sayMoodsPlainly(text: string): string {
  const said = text.replace(ANY, (whole: string, _lead: string, phrase: string, at: number) => {
    const meaning = WHOLE.find(({ pattern }) => pattern.test(phrase))?.meaning ?? [];
    const [first] = meaning;
    // Small talk is only what is all of a clause: "no idea" is, "help" in "cries for help" is not.
    if (first === undefined) return isClause(text, at, at + whole.length) ? '|' : whole;
    const isRefused = REFUSED.test(text.slice(Math.max(0, at - 30), at));
    return isRefused ? `, not ${first},` : `, ${meaning.join(', ')},`;
  });
  return said.replace(LEFT_OVER, ',');
}

const isClause = (text: string, start: number, end: number): boolean =>
  /(?:^|[.!?;,|\n]|\b(?:but|and|so|just|please))\s*$/u.test(text.slice(0, start)) &&
  /^\s*(?:$|[.!?;,|\n]|(?:but|and|please|with|tonight|today)\b)/u.test(text.slice(end));
