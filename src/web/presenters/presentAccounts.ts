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
  /** The one to begin with after a refusal. */
  hasFocus: boolean;
}

/** A page with one form: register, log in, a new password (views/pages/account.ejs). */
interface AccountPage {
  title: string;
  isPrivate: true;
  heading: string;
  lead: string | null;
  notice: { text: string; isAlert: boolean } | null;
  /** Empty: the page's own address. */
  action: string;
  /** None: there is nothing to fill in, and no form. */
  fields: FormField[];
  button: string;
  /** Where it leads when it went well; null where that is not for the form to say. */
  next: string | null;
  /** The other page: "No account yet? Register". */
  other: { question: string; text: string; href: string } | null;
  styles: string[];
}

interface AccountForm {
  next: string;
  /** Why the form was refused as a whole. */
  notice?: string;
  name?: string;
  errors?: FieldError[];
}

const NEW_PASSWORD_HINT = 'At least 8 characters. A few plain words in a row are good.';
const FRAME: Pick<AccountPage, 'isPrivate' | 'styles'> = { isPrivate: true, styles: ['forms'] };

/** @param form.carried how many titles this browser holds that an account would take over */
export function presentRegister(form: AccountForm & { carried?: number }): AccountPage {
  return {
    ...FRAME,
    title: 'Register',
    heading: 'Keep your films',
    lead: carriedLine(form.carried ?? 0) ?? 'A name and a password; nothing else is asked.',
    notice: alertOf(form.notice),
    action: '/register',
    fields: withFocus([
      nameField(form, 'Letters, digits and - _ . with 3 to 30 characters. Lists you share do not show it.'),
      passwordField(form, { name: 'password', label: 'Password', isNew: true, hint: NEW_PASSWORD_HINT }),
    ]),
    button: 'Register',
    next: form.next,
    other: { question: 'Registered before?', text: 'Log in', href: withNext('/login', form.next) },
  };
}

/** @param form.isPasswordNew the person comes from setting a new one */
export function presentLogin(form: AccountForm & { isPasswordNew?: boolean }): AccountPage {
  return {
    ...FRAME,
    title: 'Log in',
    heading: 'Good to see you',
    lead: null,
    notice: form.isPasswordNew
      ? { text: 'Your new password is set. Log in with it.', isAlert: false }
      : alertOf(form.notice),
    action: '/login',
    fields: [
      nameField(form, null),
      {
        ...passwordField(form, { name: 'password', label: 'Password' }),
        hasFocus: form.notice !== undefined,
      },
    ],
    button: 'Log in',
    next: form.next,
    other: { question: 'No account yet?', text: 'Register', href: withNext('/register', form.next) },
  };
}

export function presentResetPassword(form: Omit<AccountForm, 'next'>): AccountPage {
  return {
    ...FRAME,
    title: 'A new password',
    heading: 'A new password',
    lead: 'This link works once. All other sessions of yours end.',
    notice: alertOf(form.notice),
    action: '',
    fields: withFocus([
      passwordField(form, {
        name: 'password',
        label: 'New password',
        isNew: true,
        hint: NEW_PASSWORD_HINT,
      }),
    ]),
    button: 'Set the password',
    next: null,
    other: null,
  };
}

/** One page for a link that was used, is too old, was cut short or never was: it says nothing about accounts. */
export const presentDeadLink = (): AccountPage => ({
  ...FRAME,
  title: 'A new password',
  heading: 'This link opens nothing',
  lead: 'It was used already, is older than a day, or was cut short on its way. Each works once; whoever runs this site can make you a new one.',
  notice: null,
  action: '',
  fields: [],
  button: '',
  next: null,
  other: { question: 'Remembered it after all?', text: 'Log in', href: '/login' },
});

const alertOf = (text: string | undefined): AccountPage['notice'] =>
  text === undefined ? null : { text, isAlert: true };

const withNext = (address: string, next: string): string =>
  next === '/profile' ? address : `${address}?next=${encodeURIComponent(next)}`;

function carriedLine(carried: number): string | null {
  if (carried === 0) return null;
  return carried === 1
    ? 'The title you marked in this browser comes along.'
    : `The ${carried} titles you marked in this browser come along.`;
}

export const errorAt = (errors: readonly FieldError[] | undefined, path: string): string | null =>
  errors?.find((error) => error.path === path)?.message ?? null;

/** After a refusal one begins at the first field that is wrong. */
export function withFocus(fields: readonly FormField[]): FormField[] {
  const first = fields.find(({ error }) => error !== null);
  return fields.map((field) => ({ ...field, hasFocus: field === first }));
}

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
    hasFocus: false,
  };
}

/** Passwords are never written back into a page. */
export function passwordField(
  form: Pick<AccountForm, 'errors'>,
  { name, label, isNew = false, hint = null, id = name }: { name: string; label: string; isNew?: boolean; hint?: string | null; id?: string },
): FormField {
  return {
    id,
    name,
    label,
    type: 'password',
    value: '',
    autocomplete: isNew ? 'new-password' : 'current-password',
    hint,
    error: errorAt(form.errors, name),
    // Above the 128 that are allowed, so that pasting a longer one is refused with words, never cut.
    maxLength: 1000,
    hasFocus: false,
  };
} // prettier-ignore
