import type { FieldError } from '../../errors.ts';

/** One labelled field of a form (views/partials/form-field.ejs). */
export interface FormField {
  id: string;
  name: string;
  label: string;
  type: 'text' | 'password';
  value: string;
  autocomplete: string;
  hint: string | null;
  error: string | null;
  maxLength: number;
  isFirst: boolean;
}

interface AccountPage {
  title: string;
  isPrivate: true;
  heading: string;
  lead: string | null;
  notice: string | null;
  fields: FormField[];
  next: string;
  /** The other page: "No account yet? Register". */
  other: { question: string; text: string; href: string } | null;
  styles: string[];
}

interface AccountForm {
  next: string;
  notice?: string;
  name?: string;
  errors?: FieldError[];
  /** How many titles this browser holds that an account would take over. */
  carried?: number;
}

const withNext = (address: string, next: string): string =>
  next === '/profile' ? address : `${address}?next=${encodeURIComponent(next)}`;

export function presentRegister(form: AccountForm): AccountPage {
  return {
    ...page('Register', form),
    heading: 'Keep your films',
    lead: carriedLine(form.carried ?? 0) ?? 'A name and a password; nothing else is asked.',
    fields: [
      nameField(form, 'Letters, digits and - _ . with 3 to 30 characters. Lists you share do not show it.'),
      passwordField(form, 'password', 'Password', 'new-password', 'At least 8 characters. A few plain words in a row are good.'), // prettier-ignore
    ],
    other: { question: 'Registered before?', text: 'Log in', href: withNext('/login', form.next) },
  };
}

export function presentLogin(form: AccountForm): AccountPage {
  return {
    ...page('Log in', form),
    heading: 'Good to see you',
    lead: null,
    fields: [nameField(form, null), passwordField(form, 'password', 'Password', 'current-password', null)],
    other: { question: 'No account yet?', text: 'Register', href: withNext('/register', form.next) },
  };
}

export function presentResetPassword(form: Omit<AccountForm, 'next'>): AccountPage {
  return {
    ...page('A new password', { ...form, next: '/profile' }),
    heading: 'A new password',
    lead: 'This link works once. All other sessions of yours end.',
    fields: [
      passwordField(form, 'password', 'New password', 'new-password', 'At least 8 characters. A few plain words in a row are good.', true), // prettier-ignore
    ],
    other: null,
  };
}

function page(
  title: string,
  form: AccountForm,
): Pick<AccountPage, 'title' | 'isPrivate' | 'notice' | 'next' | 'styles'> {
  return { title, isPrivate: true, notice: form.notice ?? null, next: form.next, styles: ['forms'] };
}

function carriedLine(carried: number): string | null {
  if (carried === 0) return null;
  return `The ${carried === 1 ? 'title' : `${carried} titles`} you marked in this browser ${carried === 1 ? 'comes' : 'come'} along.`;
}

export const errorAt = (errors: readonly FieldError[] | undefined, path: string): string | null =>
  errors?.find((error) => error.path === path)?.message ?? null;

function nameField(form: AccountForm, hint: string | null): FormField {
  return {
    id: 'name',
    name: 'name',
    label: 'Name',
    type: 'text',
    value: form.name ?? '',
    autocomplete: 'username',
    hint,
    error: errorAt(form.errors, 'name'),
    maxLength: 60,
    isFirst: true,
  };
}

/** Passwords are never written back into a page. */
export function passwordField(
  form: Pick<AccountForm, 'errors'>,
  name: string,
  label: string,
  autocomplete: 'new-password' | 'current-password',
  hint: string | null,
  isFirst = false,
  id = name,
): FormField {
  return {
    id,
    name,
    label,
    type: 'password',
    value: '',
    autocomplete,
    hint,
    error: errorAt(form.errors, name),
    // Above the 128 that are allowed, so that pasting a longer one is refused with words, never cut.
    maxLength: 1000,
    isFirst,
  };
}
