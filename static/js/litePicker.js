/**
 * Lite in the browser: names complete while they are typed, what is picked can be starred, turned round and taken off, and
 * the list follows every change while the form stays. It is the plain form that is sent, by fetch; without scripts it is sent
 * by itself.
 */
import { say } from './api.js';
import { completeIn } from './combobox.js';
import { moveList } from './listMotion.js';
import { startDesk } from './slider.js';

const form = document.querySelector('[data-lite-form]');
const CHANGE_MS = 400;
let waiting;
let latest = 0;

if (form) start();

function start() {
  const titles = form.querySelector('[data-complete="titles"]');
  completeIn(titles, {
    label: 'Titles',
    address: (query) => `/api/v1/titles?${new URLSearchParams({ query })}`,
    draw: ({ title, year, kind }, option) =>
      option.append(
        element('span', title, 'of-title'),
        element('small', kind === 'tv' ? `${year}, series` : String(year)),
      ),
    take: addTitle,
  });
  completeIn(form.querySelector('[data-complete="tags"]'), {
    label: 'Tags',
    address: (query) => `/api/v1/tags?${new URLSearchParams({ query })}`,
    draw: ({ name, uses }, option) => option.append(element('span', name), element('small', `${uses}×`)),
    take: addTag,
  });
  form.addEventListener('click', pressed);
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'k' || target.name === 'usePastRatings' || target.name.startsWith('rating.'))
      changed();
  });
  form.addEventListener('submit', (event) => {
    const name = event.submitter?.name;
    // Suggestions for a name that was not found are worked out by the server: the page comes anew.
    if (name === 'fix') return;
    event.preventDefault();
    if (name !== 'drop' && name !== 'flip') void makeList({ isAsked: true });
  });
  // Back to a list that was asked for before: form and list come from the server as they were.
  window.addEventListener('popstate', () => location.reload());
  if (form.hasAttribute('data-lite-ready')) void makeList({ isAsked: false });
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** @param {{movieId: number, title: string, year: number}} title */
function addTitle({ movieId, title, year }) {
  const picks = form.querySelector('[data-picks]');
  if (picks.querySelector(`[data-pick="${movieId}"]`)) return say(`${title} is picked already.`);
  const pick = document.querySelector('[data-pick-template]').content.firstElementChild.cloneNode(true);
  pick.dataset.pick = String(movieId);
  pick.querySelector('[data-pick-name]').textContent = title;
  pick.querySelector('[data-pick-year]').textContent = String(year);
  pick.querySelector('[role="radiogroup"]').setAttribute('aria-label', `Stars for ${title}`);
  for (const input of pick.querySelectorAll('input')) {
    input.name = `rating.${movieId}`;
    input.id = input.id.replace('pick-0-', `pick-${movieId}-`);
  }
  for (const label of pick.querySelectorAll('label'))
    label.htmlFor = label.htmlFor.replace('pick-0-', `pick-${movieId}-`);
  const drop = pick.querySelector('[name="drop"]');
  drop.value = `rating.${movieId}`;
  drop.setAttribute('aria-label', `Take ${title} off`);
  picks.append(pick);
  changed();
}

/** @param {{name: string}} tag */
function addTag({ name }) {
  const tags = form.querySelector('[data-tags]');
  if (tags.querySelector(`[data-tag="${CSS.escape(name)}"]`)) return say(`${name} is picked already.`);
  const tag = document.querySelector('[data-tag-template]').content.firstElementChild.cloneNode(true);
  tag.dataset.tag = name;
  tag.querySelector('[data-tag-name]').textContent = name;
  tag.querySelector('.flip').value = name;
  const drop = tag.querySelector('[name="drop"]');
  drop.value = `tag.${name}`;
  drop.setAttribute('aria-label', `Take ${name} off`);
  tags.append(tag);
  setWish(tag, 1);
  changed();
}

function pressed(event) {
  const button = event.target.closest('button');
  if (button?.name === 'flip') {
    event.preventDefault();
    const tag = button.closest('[data-tag]');
    const weight = Number(tag.querySelector('[name="tag"]').value.split(':').at(-1));
    setWish(tag, -weight);
    changed();
  } else if (button?.name === 'drop') {
    event.preventDefault();
    const item = button.closest('li');
    const next = item.nextElementSibling ?? item.previousElementSibling;
    const field = item.matches('[data-tag]') ? 'tags' : 'titles';
    item.remove();
    (next?.querySelector('[name="drop"]') ?? form.querySelector(`[data-complete="${field}"]`)).focus();
    changed();
  }
}

function setWish(tag, weight) {
  const name = tag.dataset.tag;
  const isWanted = weight > 0;
  tag.querySelector('[name="tag"]').value = `${name}:${weight}`;
  tag.classList.toggle('wanted', isWanted);
  tag.classList.toggle('unwanted', !isWanted);
  tag.querySelector('.sign-of').textContent = isWanted ? '+' : '−';
  tag.querySelector('[data-tag-wish]').textContent = isWanted ? 'Wanted: ' : 'Unwanted: ';
}

/** Several changes in a row make one list. */
function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(() => void makeList({ isAsked: false }), CHANGE_MS);
}

/**
 * Sends the form and puts the new list in place of the old one. A later list wins over one that answers late.
 * @param {{isAsked: boolean}} how asked for by the button: then it becomes a step back in the browser's history
 */
async function makeList({ isAsked }) {
  clearTimeout(waiting);
  const mine = ++latest;
  const place = document.querySelector('[data-lite-list]');
  place.setAttribute('aria-busy', 'true');
  try {
    const data = new FormData(form);
    // A change of a pick does not send what is still being typed.
    if (!isAsked) for (const name of ['title', 'stars', 'tagName', 'tagWish']) data.delete(name);
    const body = new URLSearchParams(data);
    const answer = await fetch('/lite', { method: 'POST', body, credentials: 'same-origin' });
    const page = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
    if (mine !== latest) return;
    if (answer.status === 400 && page.querySelector('[data-lite-form]')) return showMessages(page);
    if (!answer.ok)
      return say(page.querySelector('main p')?.textContent?.trim() || 'That did not work. Try again.');
    showList(page, isAsked);
    if (isAsked) history.pushState(null, '', answer.url);
    else history.replaceState(null, '', answer.url);
    if (isAsked && matchMedia('(max-width: 900px)').matches) scrollTo(place);
  } catch {
    if (mine === latest) say('The server did not answer. Your picks are still here.');
  } finally {
    if (mine === latest) place.removeAttribute('aria-busy');
  }
}

function scrollTo(place) {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  place.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth' });
}

/** The list moves to its new order; the form is left as it is under the hands. */
function showList(page, isTypedSent) {
  const region = document.querySelector('[data-lite]');
  const fresh = page.querySelector('[data-lite]');
  const place = region.querySelector('[data-lite-list]');
  moveList(
    () => [...place.querySelectorAll('[data-title]')],
    () => {
      place.replaceChildren(...fresh.querySelector('[data-lite-list]').childNodes);
      region.dataset.region = '';
      region.dataset.ranking = fresh.dataset.ranking ?? '';
      region.querySelector('[data-moved]').textContent = fresh.querySelector('[data-moved]').textContent;
      if (isTypedSent) {
        for (const row of form.querySelectorAll('[data-typed] :is(.field-error, .typed-meant)')) row.remove();
        for (const input of form.querySelectorAll('[data-complete]')) clearField(input);
        takeOverTyped(fresh);
      }
      startDesk();
    },
  );
}

function clearField(input) {
  input.value = '';
  markField(input, null);
}

/** @param {HTMLInputElement} input @param {HTMLElement | null} message what is wrong with it */
function markField(input, message) {
  if (message) {
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', message.id);
  } else {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }
}

/** Names that were typed and sent have become picks: the server's rows stand in for ours where the two differ. */
function takeOverTyped(fresh) {
  for (const name of ['[data-picks]', '[data-tags]']) {
    const ours = form.querySelector(name);
    const theirs = fresh.querySelector(name);
    const keys = (list) => [...list.children].map((item) => item.dataset.pick ?? item.dataset.tag).sort().join('\n'); // prettier-ignore
    if (keys(ours) !== keys(theirs)) ours.replaceChildren(...theirs.childNodes);
  }
}

/** A name nobody knows: its row says so, with what it may have been. What stands beside it is kept. */
function showMessages(page) {
  const fresh = page.querySelector('[data-lite-form]');
  for (const kind of ['title', 'tag']) {
    const ours = form.querySelector(`#${kind}-0`).closest('[data-typed]');
    const theirs = fresh.querySelector(`#${kind}-0`).closest('[data-typed]');
    for (const old of ours.querySelectorAll('.field-error, .typed-meant')) old.remove();
    ours.append(...theirs.querySelectorAll('.field-error, .typed-meant'));
    markField(ours.querySelector('input'), ours.querySelector('.field-error'));
  }
  takeOverTyped(fresh);
  say(fresh.querySelector('.field-error')?.textContent?.trim() ?? 'Something in the form is not right.');
}
