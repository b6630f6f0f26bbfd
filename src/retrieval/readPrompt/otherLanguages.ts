/**
 * Prompts in another language than the texts they are matched with. Which language it is, is told by its small words; words for
 * moods and kinds of film are said in English, and the rest is left out, since German words in English plots find only accidents.
 * Titles, people, genres and opinions are read before, in their own ways.
 */
const SMALL_WORDS = Object.entries({
  German: 'ich und einen eine ein der die das mit ohne aber nicht für über bitte suche möchte will etwas kein keine keinen film wie wir',
  French: 'je un une le la les des du avec sans mais pas pour sur cherche voudrais quelque chose film comme et que qui',
  Spanish: 'yo un una el la los las con sin pero no para sobre busco quiero algo película como y que muy sea',
  Italian: 'io un una il lo la gli con senza ma non per su cerco vorrei qualcosa film come e che molto di',
}).map(([language, words]) => ({ language, words: new Set(words.split(' ')) })); // prettier-ignore
const ENGLISH_WORDS = new Set(
  'a the and i with for of but not no something like want movie is in to my'.split(' '),
);

/** English meaning, then the words for it, by their beginnings. */
const WORDS = [
  ['funny', 'lustig witzig drôle marrant divertid gracios divertent'],
  ['sad', 'traurig triste trist'],
  ['slow', 'langsam lent'],
  ['light', 'leicht léger légèr liger legger'],
  ['dark', 'düster dunkel sombre oscur cupo'],
  ['tense', 'spannend packend haletant tendu tens emocionant'],
  ['quiet', 'ruhig leise still calme tranquil calm'],
  ['beautiful', 'schön beau belle bell hermos bonit'],
  ['romantic', 'romantisch romantique romántic romantic'],
  ['violence', 'gewalt violence violencia violenza'],
  ['bloody', 'blutig sanglant sangrient sanguinos'],
  ['horror', 'grusel horror terror épouvante miedo paura'],
  ['love', 'liebe amour amor amore'],
  ['death', 'tod mort muerte morte'],
  ['loneliness', 'einsam solitude soledad solitudin'],
  ['friendship', 'freundschaft amitié amistad amicizia'],
  ['family', 'familie famille familia famiglia'],
  ['children', 'kinder enfants niños bambini'],
  ['war', 'krieg guerre guerra'],
  ['space', 'weltraum weltall espace espacio spazio'],
  ['crime', 'krimi policier policíac poliziesc'],
  ['giallo', 'giallo'],
  ['thought-provoking', 'nachdenk réfléchir pensar pensare'],
  ['surreal', 'surreal surréal onirique onírico'],
  ['heartwarming', 'herzerwärm wohlfühl réconfortant reconfortant commovente émouvant'],
].map(([meaning, forms]) => ({ meaning: meaning!, beginnings: forms!.split(' ') }));
const REFUSING = /^(?:ohne|kein|keine|keinen|nicht|weniger|sans|pas|moins|sin|no|menos|senza|non|meno)$/u;

const OTHER_SCRIPT = 'another script';

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** The language a prompt is mostly in when that is not English; null for English and for too few words to tell. */
export function otherLanguage(text: string): string | null {
  const words = wordsOf(text);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters > 3 && (text.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters / 2) return OTHER_SCRIPT;
  const english = words.filter((word) => ENGLISH_WORDS.has(word)).length;
  const [best] = SMALL_WORDS.map(({ language, words: small }) => ({
    language,
    count: words.filter((word) => small.has(word)).length,
  })).sort((a, b) => b.count - a.count);
  return best && best.count >= 3 && best.count > english * 1.5 ? best.language : null;
}

/** A wish in English as far as its words are known, refusals as "no"; words in another script stay, since they match nothing by accident. */
export function inEnglish(
  said: { preferences: string; wishes: string[] },
  language: string,
): { preferences: string; wishes: string[] } {
  if (language === OTHER_SCRIPT) return said;
  const wishes: string[] = [];
  let isRefused = false;
  for (const word of wordsOf(said.preferences)) {
    if (REFUSING.test(word)) isRefused = true;
    const meaning = WORDS.find(({ beginnings }) => beginnings.some((form) => word.startsWith(form)))?.meaning;
    if (meaning === undefined) continue;
    wishes.push(isRefused ? `no ${meaning}` : meaning);
    isRefused = false;
  }
  return { preferences: [...new Set(wishes)].join(', '), wishes: [...new Set(wishes)] };
}
