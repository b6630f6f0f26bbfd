/** Calls to the JSON API, and the line at the bottom that says what happened. */
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

/** The call before: a signed-out browser's marks stand in one cookie, which two answers at once would overwrite. */
let before = Promise.resolve();

/**
 * One call after the other, in the order they were asked for.
 * @param {'PUT' | 'DELETE'} method
 * @param {string} path below /api/v1
 * @param {object} [body]
 * @throws Error with a sentence that may be shown
 */
export function callApi(method, path, body) {
  const call = before.then(() => send(method, path, body));
  before = call.catch(() => {});
  return call;
}

async function send(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: { 'X-CSRF-Token': token(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Error('The server did not answer. Nothing was changed.');
  }
  if (answer.ok) return;
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? 'That was refused. Nothing was changed.');
}

let clearLater;

/**
 * Says one thing in the page's live region, with one button when it can be undone.
 * @param {string} text
 * @param {{label: string, run: () => void}} [action]
 */
export function say(text, action) {
  const toast = document.querySelector('[data-toast]');
  if (!toast) return;
  clearTimeout(clearLater);
  toast.querySelector('button')?.remove();
  toast.querySelector('span').textContent = text;
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', () => {
      clear();
      action.run();
    });
    toast.append(button);
  }
  // Long enough to read and to reach the button; it waits while it is being used.
  const wait = () => {
    clearLater = setTimeout(() => (toast.matches(':hover, :focus-within') ? wait() : clear()), 8000);
  };
  const clear = () => {
    clearTimeout(clearLater);
    toast.querySelector('button')?.remove();
    toast.querySelector('span').textContent = '';
  };
  wait();
}
