/**
 * Stars by halves, set and removed without leaving the page. After a like the card offers them: the form is copied from the
 * page's one template.
 */
import { callApi, say } from './api.js';

/** Arrow keys run through the halves; only where they rest is sent. */
const REST_MS = 350;
const waiting = new Map();

document.addEventListener('change', (event) => {
  const form = event.target.closest?.('[data-stars]');
  if (!form || event.target.name !== 'rating') return;
  const movieId = form.dataset.stars;
  clearTimeout(waiting.get(movieId));
  waiting.set(
    movieId,
    setTimeout(() => void rate(form, Number(event.target.value)), REST_MS),
  );
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches?.('[data-stars]')) return;
  event.preventDefault();
  if (event.submitter?.hasAttribute('data-stars-remove')) void rate(form, null);
});

document.addEventListener('marquee:changed', ({ detail }) => {
  const { movieId, action, isOn, rating } = detail;
  if (action !== 'like') return;
  for (const place of document.querySelectorAll(`[data-title="${movieId}"] [data-after-like]`)) {
    if (isOn && !place.querySelector('[data-stars]')) offerStars(place, movieId);
    place.hidden = !isOn;
  }
  for (const form of document.querySelectorAll(`[data-stars="${movieId}"]`)) showStars(form, rating);
});

/** @param {HTMLFormElement} form @param {number | null} rating */
async function rate(form, rating) {
  const { stars: movieId, name } = form.dataset;
  const before = form.dataset.rating ? Number(form.dataset.rating) : null;
  showStars(form, rating);
  try {
    if (rating === null) await callApi('DELETE', `/ratings/${movieId}`);
    else await callApi('PUT', `/ratings/${movieId}`, { rating });
  } catch (error) {
    showStars(form, before);
    return say(error.message);
  }
  for (const like of document.querySelectorAll(
    `[data-actions="${CSS.escape(movieId)}"] [data-action="like"]`,
  )) {
    const isLiked = rating !== null && rating >= 4;
    like.setAttribute('aria-pressed', String(isLiked));
    like.setAttribute('formaction', `/titles/${movieId}/${isLiked ? 'unrate' : 'rate'}`);
  }
  say(rating === null ? `Your stars for ${name} are removed.` : `${name}: ${sayStars(rating)}.`, {
    label: 'Undo',
    run: () => void rate(form, before),
  });
}

function showStars(form, rating) {
  for (const input of form.querySelectorAll('input[name="rating"]'))
    input.checked = Number(input.value) === rating;
  if (rating === null) delete form.dataset.rating;
  else form.dataset.rating = String(rating);
  const said = form.querySelector('[data-stars-said]');
  if (said) said.textContent = rating === null ? 'not rated' : `${rating}, yours`;
  const remove = form.querySelector('[data-stars-remove]');
  if (remove) remove.hidden = rating === null;
}

const sayStars = (rating) => `${rating} ${rating === 1 ? 'star' : 'stars'}`;

/** Ids and names in the template hold a 0 where the title's own belong. */
function offerStars(place, movieId) {
  const template = document.querySelector('[data-stars-template]');
  if (!template) return;
  const copy = template.content.cloneNode(true);
  const form = copy.querySelector('[data-stars]');
  const name = document.querySelector(`[data-actions="${movieId}"]`)?.dataset.name ?? '';
  form.dataset.stars = String(movieId);
  form.dataset.name = name;
  form.setAttribute('action', `/titles/${movieId}/rate`);
  form.querySelector('[data-stars-remove]')?.setAttribute('formaction', `/titles/${movieId}/unrate`);
  form.querySelector('legend').textContent = `Your stars for ${name}`;
  for (const input of form.querySelectorAll('input[id]'))
    input.id = input.id.replace('stars-0-', `stars-${movieId}-`);
  for (const label of form.querySelectorAll('label'))
    label.htmlFor = label.htmlFor.replace('stars-0-', `stars-${movieId}-`);
  place.append(copy);
}
