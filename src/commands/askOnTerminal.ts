import { createInterface } from 'node:readline/promises';
import type { Writable } from 'node:stream';

/** Asks a person at the terminal; null when there is nobody to ask, because input does not come from a terminal. */
export async function askOnTerminal(question: string, output: Writable): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
