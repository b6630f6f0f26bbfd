/** Letters and digits only, without accents, lower case: two spellings of one title are the same string. */
export const squeeze = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replace(/[^\p{L}\p{N}]/gu, '');

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];

/** Sentences end with a full stop, question or exclamation mark before a capital, a digit or a quotation mark. */
export const sentencesOf = (text: string): string[] =>
  text
    .trim()
    .split(
      /(?<=[.!?]['"’”)]?)(?<!\b(?:Mr|Mrs|Ms|Dr|St|vs|Jr|Sr|No|Mt|Lt|Col|Sgt|[A-Z])\.)\s+(?=["'“‘¡¿]?[\p{Lu}\p{N}])/u,
    )
    .filter((sentence) => sentence !== '');
