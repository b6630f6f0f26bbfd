/**
 * Stars by halves and the like that stands for four of them, set and removed without leaving the page. Once a card's title
 * has stars it shows them: the form is copied from the page's one template.
 */
import { callApi, say } from './api.js';

/** A like is four stars until the person says more. */
const LIKE = 4;
/** Arrow keys run through the halves; only where they rest is sent. */
const REST_MS = 350;
const waiting = new Map();

document.addEventListener('change', (event) => {
  const form = event.target.closest?.('[data-stars]');
  if (!form || event.target.name !== 'rating') return;
  const { stars: movieId, name } = form.dataset;
  const rating = Number(event.target.value);
  clearTimeout(waiting.get(movieId));
  waiting.set(
    movieId,
    setTimeout(() => void setStars({ movieId, name, rating }), REST_MS),
  );
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.matches?.('[data-stars]')) {
    event.preventDefault();
    const { stars: movieId, name } = form.dataset;
    if (event.submitter?.hasAttribute('data-stars-remove')) void setStars({ movieId, name, rating: null });
  } else if (form.matches?.('[data-actions]') && event.submitter?.dataset.action === 'like') {
    event.preventDefault();
    const { actions: movieId, name } = form.dataset;
    const isLiked = event.submitter.getAttribute('aria-pressed') === 'true';
    void setStars({
      movieId,
      name,
      rating: isLiked ? null : LIKE,
      said: isLiked ? `${name} is not rated any more.` : `You like ${name}.`,
    });
  }
});

/** @param {{movieId: string, name: string, rating: number | null, said?: string}} wish null removes the stars */
async function setStars({ movieId, name, rating, said }) {
  const before = starsOf(movieId);
  showStars(movieId, rating);
  try {
    if (rating === null) await callApi('DELETE', `/ratings/${movieId}`);
    else await callApi('PUT', `/ratings/${movieId}`, { rating });
  } catch (error) {
    showStars(movieId, before);
    return say(error.message);
  }
  say(said ?? (rating === null ? `Your stars for ${name} are removed.` : `${name}: ${sayStars(rating)}.`), {
    label: 'Undo',
    run: () => void setStars({ movieId, name, rating: before }),
  });
}

const sayStars = (rating) => `${rating} ${rating === 1 ? 'star' : 'stars'}`;

/** Everything that carries a title's stars: their own forms, and the buttons of its cards. */
const holdersOf = (movieId) =>
  document.querySelectorAll(`[data-stars="${CSS.escape(movieId)}"], [data-actions="${CSS.escape(movieId)}"]`);

/** The stars as they are kept, or null. */
function starsOf(movieId) {
  const rated = [...holdersOf(movieId)].find(({ dataset }) => dataset.rating);
  return rated ? Number(rated.dataset.rating) : null;
}

function showStars(movieId, rating) {
  for (const place of document.querySelectorAll(`[data-title="${CSS.escape(movieId)}"] [data-after-like]`)) {
    if (rating !== null && !place.querySelector('[data-stars]')) offerStars(place, movieId);
    if (rating === null && place.contains(document.activeElement))
      place.closest('[data-title]').querySelector('[data-action="like"]')?.focus();
    place.hidden = rating === null;
  }
  for (const holder of holdersOf(movieId)) {
    if (rating === null) delete holder.dataset.rating;
    else holder.dataset.rating = String(rating);
    if (holder.matches('[data-stars]')) showOnForm(holder, rating);
    else showOnLike(holder.querySelector('[data-action="like"]'), movieId, rating);
  }
}

function showOnForm(form, rating) {
  for (const input of form.querySelectorAll('input[name="rating"]'))
    input.checked = Number(input.value) === rating;
  form.querySelector('[data-stars-said]').textContent = rating === null ? 'not rated' : `${rating}, yours`;
  form.querySelector('[data-stars-remove]').hidden = rating === null;
}

function showOnLike(button, movieId, rating) {
  if (!button) return;
  const isLiked = rating !== null && rating >= LIKE;
  button.setAttribute('aria-pressed', String(isLiked));
  button.setAttribute('formaction', `/titles/${movieId}/${isLiked ? 'unrate' : 'rate'}`);
}

/** Ids and names in the template hold a 0 where the title's own belong. */
function offerStars(place, movieId) {
  const template = document.querySelector('[data-stars-template]');
  if (!template) return;
  const copy = template.content.cloneNode(true);
  const form = copy.querySelector('[data-stars]');
  const name = document.querySelector(`[data-actions="${CSS.escape(movieId)}"]`)?.dataset.name ?? '';
  form.dataset.stars = movieId;
  form.dataset.name = name;
  form.setAttribute('action', `/titles/${movieId}/rate`);
  form.querySelector('[data-stars-remove]').setAttribute('formaction', `/titles/${movieId}/unrate`);
  form.querySelector('legend').textContent = `Your stars for ${name}`;
  for (const input of form.querySelectorAll('input[id]'))
    input.id = input.id.replace('stars-0-', `stars-${movieId}-`);
  for (const label of form.querySelectorAll('label'))
    label.htmlFor = label.htmlFor.replace('stars-0-', `stars-${movieId}-`);
  place.append(copy);
}
