import { passwordField, type FormField } from './presentAccounts.ts';

/** A form that was open for too long, ready to be sent again (views/pages/send-again.ejs). */
interface SendAgainPage {
  title: string;
  styles: string[];
  isPrivate: true;
  message: string;
  action: string;
  /** What was typed, as it was. */
  fields: { name: string; value: string }[];
  /** Typed anew: a password is never written into a page. */
  passwords: FormField[];
}

const LABELS: Record<string, string> = { oldPassword: 'Password now', newPassword: 'New password' };

export function presentSendAgain(
  message: string,
  action: string,
  body: Readonly<Record<string, unknown>>,
): SendAgainPage {
  const sent = Object.entries(body).filter(([name]) => name !== '_csrf');
  const isPassword = ([name]: [string, unknown]) => /password/i.test(name);
  return {
    title: 'Send it again',
    styles: ['ask'],
    isPrivate: true,
    message,
    action,
    fields: sent
      .filter((field) => !isPassword(field))
      .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) }))),
    passwords: sent
      .filter(isPassword)
      .map(([name]) => passwordField({}, { name, label: LABELS[name] ?? 'Password', isNew: name === 'newPassword' })), // prettier-ignore
  };
}
