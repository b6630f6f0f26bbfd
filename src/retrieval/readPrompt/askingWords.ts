/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
/** The words by which sentences of a prompt ask, tell or are merely polite. Patterns of one word or phrase each, joined here. */
const anyOf = (...patterns: string[]): string => `(?:${patterns.join('|')})`;

const WISH_VERBS = String.raw`(?:want(?:s|ing)?|wanna|need|wish|long(?:ing)?|hop(?:e|ing)|crav(?:e|ing)|fancy|after|ready)`;
const I = String.raw`(?:i|we|you|u|he|she|they)(?:['’](?:m|d|re|ll|s)| am| are| would| could| should| is)?(?: (?:now|really|also|just|still|then))*`;
const IMPERATIVES = String.raw`(?:find|recommend|suggest|show|give|get|pick|bring on|hit|throw|point|help|surprise|shake|take|make|think|imagine)`;
const ANYWHERE = [
  String.raw`looking (?:for|to watch)`,
  String.raw`what (?:i|we)(?:['’](?:d|m)| would| am)? (?:now |really )?(?:like|love|want|need|craving|after)`,
  String.raw`drawn to|i search|next on my list`,
  String.raw`look for`,
  String.raw`search(?:ing)? for`,
  String.raw`in search of`,
  String.raw`asking for`,
  String.raw`${I} (?:like|love|enjoy|appreciate|prefer|welcome|rather|be (?:grateful|happy|glad))(?: to)?(?= (?:a|an|to|some|something|anything|it|if|for|one)\b)`,
  String.raw`${I} ${WISH_VERBS}(?= \p{L})`,
  String.raw`mood for|in the mood`,
  String.raw`(?:recommend(?:ed|ations?)?|suggest(?:ions?)?)\b(?! (?:by|me that|it)\b)`,
  String.raw`(?:give|show|get|hit|find|throw|point|bring|tell|shake|surprise) (?:me|us)\b`,
  String.raw`feel(?:ing)? like`,
  String.raw`could (?:use|do with)`,
  String.raw`(?:something|anything) (?!(?:today|else i|now|again|like that i|i|was|is|in it)\b)\p{L}`,
  String.raw`(?:how about|got any|have you got|any ideas)`,
  String.raw`(?:is|are) there|do(?:es)? (?:you|u|a|any|such)\b`,
  String.raw`(?:which|what) (?:other )?(?:film|movie|show|series|comedy|thriller|drama|title|should|can|do|shall|would)`,
  String.raw`would (?:hit the spot|suit|be (?:ideal|perfect|lovely|great|nice|good|welcome)|make my|do nicely)`,
  String.raw`(?:it|next(?: up)?|there|this|tonight|time)(?: it)? (?:should|has to|must|needs to|ought to) `,
  String.raw`(?:suche|möchte|hätte gern|cherche|voudrais|aimerais|busco|quiero|cerco|vorrei|voglio)`,
];
const AT_BEGINNING = [
  String.raw`${IMPERATIVES}\b`,
  String.raw`${WISH_VERBS}\b`,
  String.raw`what['’]?s an?\b`,
  String.raw`an?y? (?=[\p{L} ,-]{3,60}? (?:with|about|where|who|that|set|in which|for|on)\b)`,
];
const OPENERS = String.raw`(?:(?:and|so|but|now|then|ok|okay|well|anyway|please|tonight|today|for tonight|this time|next|finally|maybe|just|also|honestly|right|for a change of pace|can u|can you|could you)[\s,:]+){0,4}`;

/** A sentence that asks. */
export const ASKS = new RegExp(
  String.raw`\b${anyOf(...ANYWHERE)}|^[\s"'“*•-]*${OPENERS}${anyOf(...AT_BEGINNING)}`,
  'iu',
);

/** A sentence that names titles asks only with these: "nothing I need to see again" does not. */
export const ASKS_BESIDE_TITLES =
  /\b(?:looking for|look for|want(?:s|ing)? (?:to (?:see|watch|find)|an?|some|something|more|movies?|films?)|wanna|mood for|(?:recommend|suggest)(?! (?:it|them|this|these|to|both)\b)|something|anything (?:like|similar|in the|along|as|with|that)|similar|give me|show me|find me|would like|(?:i|we)['’]d (?:like|love) (?:to (?:see|watch|find)|an?|some|more|it)|craving|fancy an?|feel like|prefer|hoping for|search(?:ing)? for|more (?:of|like)(?! (?:an? \d|the same))|like\b.{0,40}\b(?:but|only) (?:with|without|less|more|not|in|set|for)|suche|möchte|cherche|voudrais|busco|quiero|cerco|vorrei|voglio)\b/iu;

/** What somebody liked a title for is a wish as long as nothing else asks. */
export const SAYS_WHY =
  /\b(?:for (?:its|the|their)|because|but (?:with|without|less|more|not)|need|mood|prefer|tonight)\b/iu;

/** Where the asking clause of a sentence begins. */
export const WISHING_CLAUSE =
  /[,;:–—-]\s*(?:(?:and|but|so|now|then|tonight|today|please)\s+){0,3}(?=(?:(?:i|we|i['’]m|we['’]re|i['’]d|we['’]d|can you|could you|what i)\s+){0,2}(?:(?:now|am|are|would|also|really)\s+){0,2}(?:want|need|looking for|like to|love to|recommend|suggest|give me|show me|find me|fancy|craving|in the mood|feel like|after)\b)/iu;

/** The one before a list of titles: "My taste, so you know:". */
export const LEADS_TO_TITLES =
  /:\s*$|^[\s"'“*•-]*(?:my (?:taste|ratings?|history|favou?rites|list|background|scores?|verdicts?)|here['’]?s|here are|a (?:little|bit|few)|about (?:me|my)|for (?:your |the )?(?:reference|record|context)|some (?:context|background)|as for|to give you|so you know|what i)\b/iu;

/** Somebody speaks of themselves. */
export const NARRATES = /\b(?:i|i['’](?:m|ve|d|ll)|im|ive|my|me|we|we['’](?:re|ve|d)|our|here)\b/iu;

/** Politeness at either end of a letter, also in the languages of visitors. */
export const POLITE =
  /^[\s"'“–—-]*(?:dear\b.{0,40}|(?:good (?:day|morning|evening|afternoon)|hello|hi|hey)\b.{0,25}|thank(?:s| you)\b.{0,40}|thx.{0,20}|ta\b.{0,10}|cheers.{0,20}|many thanks.{0,30}|(?:with )?(?:kind|best|warm) (?:regards|wishes).{0,20}|yours(?: \p{L}+){0,2}|sincerely.{0,20}|p\.?\s?s\.?|obrigad[oa]|merci.{0,15}|danke.{0,15}|gracias|grazie|please|anyway|any ideas|anything goes)[\s.!,:?…]*$/iu;
