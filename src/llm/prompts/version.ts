/** Raised whenever the wording of a request changes: scores cached under another wording are not mixed with new ones. */
export const PROMPT_VERSION = '2';
