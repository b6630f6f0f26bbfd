/**
 * Options as commander gives them, back into flags for a child process: `chatModel: "x"` → `--chat-model=x`, `true` → the
 * flag alone. What was not given is left out.
 */
export const asFlags = (options: object): string[] =>
  Object.entries(options).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined || value === false) return [];
    const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [value === true ? flag : `${flag}=${String(value)}`];
  });
