import type { FieldError } from '../../errors.ts';
import { errorAt, passwordField, withFocus, type FormField } from './presentAccounts.ts';

/** "Your data" of the profile: take it away, tokens, training, password, delete. */
interface AccountTab {
  name: string;
  since: string;
  trainOnRatings: boolean;
  tokens: { tokenId: number; name: string; made: string; used: string }[];
  /** A token just made: shown this once. */
  newToken: { name: string; token: string } | null;
  tokenField: { value: string; error: string | null };
  passwordFields: FormField[];
  deleteFields: FormField[];
  /** One line on what just happened. */
  done: string | null;
}

interface AccountFacts {
  name: string;
  createdAt: string;
  trainOnRatings: boolean;
  tokens: readonly { tokenId: number; name: string; createdAt: string; lastUsedAt: string | null }[];
}

/** What a form of this tab brought about. */
export interface AccountOutcome {
  newToken?: { name: string; token: string };
  tokenName?: string;
  done?: string;
  /** Which form the errors belong to. */
  form?: 'token' | 'password' | 'delete';
  errors?: FieldError[];
}

const DONE: Record<string, string> = {
  password: 'Your password is changed. Your other sessions have ended.',
  training: 'Noted. It counts from the next training on.',
  token: 'The token is revoked.',
};

export function presentAccountTab(facts: AccountFacts, outcome: AccountOutcome): AccountTab {
  const errorsOf = (form: AccountOutcome['form']) => ({
    errors: outcome.form === form ? (outcome.errors ?? []) : [],
  });
  return {
    name: facts.name,
    since: dayOf(facts.createdAt),
    trainOnRatings: facts.trainOnRatings,
    tokens: facts.tokens.map(({ tokenId, name, createdAt, lastUsedAt }) => ({
      tokenId,
      name,
      made: dayOf(createdAt),
      used: lastUsedAt === null ? 'never used' : `last used ${dayOf(lastUsedAt)}`,
    })),
    newToken: outcome.newToken ?? null,
    tokenField: { value: outcome.tokenName ?? '', error: errorAt(errorsOf('token').errors, 'name') },
    passwordFields: withFocus([
      passwordField(errorsOf('password'), { name: 'oldPassword', label: 'Password now' }),
      passwordField(errorsOf('password'), {
        name: 'newPassword',
        label: 'New password',
        isNew: true,
        hint: 'At least 8 characters. Your other sessions end.',
      }),
    ]),
    deleteFields: withFocus([
      passwordField(errorsOf('delete'), { name: 'password', label: 'Your password', id: 'delete-password' }),
    ]),
    done: outcome.done ? (DONE[outcome.done] ?? null) : null,
  };
}

const dayOf = (iso: string): string =>
  new Date(iso).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
