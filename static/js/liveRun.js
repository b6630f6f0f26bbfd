/**
 * Follows a list while it is made: a line that says what is happening, the list as far as it is (it moves, it does not jump),
 * and the finished one. When the stream breaks, the browser connects again by itself; the server then sends the end.
 */
import { moveList } from './listMotion.js';
import { startDesk } from './slider.js';

const RELOAD_MS = 3000;
const page = document.querySelector('[data-run][data-state="running"]');

if (page) {
  const events = new EventSource(`/recommendations/${page.dataset.run}/events`);
  // Refused for good (too many lists at once, a session that ended): the page itself says what there is.
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), RELOAD_MS);
  });
  events.addEventListener('progress', ({ data }) => showProgress(JSON.parse(data)));
  events.addEventListener('list', ({ data }) => replaceRegion(JSON.parse(data).html));
  events.addEventListener('done', ({ data }) => {
    events.close();
    replaceRegion(JSON.parse(data).html);
    page.dataset.state = 'done';
    const progress = page.querySelector('[data-progress]');
    if (progress?.contains(document.activeElement)) document.querySelector('#content')?.focus();
    progress?.remove();
  });
}

function showProgress({ line, done, total }) {
  const text = page.querySelector('[data-progress-line]');
  if (text && text.textContent !== line) text.textContent = line;
  const bar = page.querySelector('[data-progress-bar]');
  if (!bar) return;
  if (total > 0) bar.value = done / total;
  else bar.removeAttribute('value');
}

function replaceRegion(html) {
  const old = page.querySelector('[data-region]');
  const fresh = new window.DOMParser().parseFromString(html, 'text/html').querySelector('[data-region]');
  if (!old || !fresh) return;
  // Someone is correcting a chip: what is typed there is not taken away, only the list is renewed.
  const isCorrecting = old.querySelector('.chip-edit[open]');
  if (isCorrecting) fresh.querySelector('.understood')?.replaceWith(old.querySelector('.understood'));
  const focus = rememberFocus(old);
  let shown = old;
  moveList(
    () => [...shown.querySelectorAll('[data-title]')],
    () => {
      old.replaceWith(fresh);
      shown = fresh;
      startDesk();
    },
  );
  focus?.(fresh);
}

/** The same button of the same title, or the same field, gets the focus back. */
function rememberFocus(old) {
  const focused = document.activeElement;
  if (!focused || !old.contains(focused)) return null;
  const title = focused.closest('[data-title]')?.dataset.title;
  const selector = focused.id
    ? `#${CSS.escape(focused.id)}`
    : focused.dataset.action
      ? `[data-action="${focused.dataset.action}"]`
      : focused.tagName === 'A'
        ? 'h3 a'
        : null;
  if (!selector) return null;
  return (fresh) => {
    const scope = title ? fresh.querySelector(`[data-title="${title}"]`) : fresh;
    scope?.querySelector(selector)?.focus({ preventScroll: true });
  };
}
