/**
 * Save and never again without leaving the page (a like is stars: stars.js). The buttons are submit buttons of a form that
 * works by itself; here the same change goes through the JSON API, every card of the title follows, and one line offers to
 * undo it.
 */
import { callApi, say } from './api.js';

const CHANGES = {
  save: {
    path: (id) => `/watchlist/${id}`,
    plain: ['save', 'unsave'],
    on: (name) => `${name} is saved for later.`,
    off: (name) => `${name} is not saved any more.`,
  },
  hide: {
    path: (id) => `/hidden/${id}`,
    plain: ['hide', 'unhide'],
    on: (name) => `${name} will not be shown again.`,
    off: (name) => `${name} may be shown again.`,
  },
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  const action = event.submitter?.dataset.action;
  if (!form.matches?.('[data-actions]') || !CHANGES[action]) return;
  event.preventDefault();
  const isOn = event.submitter.getAttribute('aria-pressed') === 'true';
  void change({ movieId: form.dataset.actions, name: form.dataset.name, action, turnOn: !isOn });
});

/** @param {{movieId: string, name: string, action: 'save' | 'hide', turnOn: boolean}} wish */
async function change({ movieId, name, action, turnOn }) {
  const { path, on, off } = CHANGES[action];
  show(movieId, action, turnOn);
  try {
    await callApi(turnOn ? 'PUT' : 'DELETE', path(movieId));
  } catch (error) {
    show(movieId, action, !turnOn);
    return say(error.message);
  }
  say(turnOn ? on(name) : off(name), {
    label: 'Undo',
    run: () => void change({ movieId, name, action, turnOn: !turnOn }),
  });
}

/** Puts the new state on every form of the title, and tells the page (the results list drops hidden titles). */
function show(movieId, action, isOn) {
  for (const form of document.querySelectorAll(`[data-actions="${CSS.escape(movieId)}"]`)) {
    const button = form.querySelector(`[data-action="${action}"]`);
    if (!button) continue;
    button.setAttribute('aria-pressed', String(isOn));
    button.setAttribute('formaction', `/titles/${movieId}/${CHANGES[action].plain[isOn ? 1 : 0]}`);
  }
  document.dispatchEvent(
    new CustomEvent('marquee:changed', { detail: { movieId: Number(movieId), action, isOn } }),
  );
}
