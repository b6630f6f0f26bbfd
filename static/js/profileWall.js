/**
 * The wall of one's films: sorting, filtering and paging without leaving the page. The form and links work by themselves; here
 * the same address is fetched and the wall swapped. What is taken off a list fades and stays, so that it can be undone.
 */
const form = document.querySelector('[data-wall-form]');
const TYPING_MS = 250;
let waiting;
let latest = 0;

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void showWall(addressOfForm());
});
form?.addEventListener('change', (event) => {
  if (event.target.name !== 'text') void showWall(addressOfForm());
});
form?.addEventListener('input', (event) => {
  if (event.target.name !== 'text') return;
  clearTimeout(waiting);
  waiting = setTimeout(() => void showWall(addressOfForm()), TYPING_MS);
});

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.wall-pages a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void showWall(link.getAttribute('href')).then(() => {
    document.querySelector('#films')?.scrollIntoView();
    document.querySelector('[data-wall-item] a')?.focus({ preventScroll: true });
  });
});

document.addEventListener('marquee:changed', ({ detail }) => {
  const item = document.querySelector(`[data-wall-item="${detail.movieId}"]`);
  if (item) item.classList.toggle('is-off', !detail.isOn);
});

document.querySelector('[data-select-all]')?.addEventListener('focus', (event) => event.target.select());

/** Only what is chosen stands in the address. */
function addressOfForm() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (value !== '' && !(name === 'sort' && value === 'recent')) query.set(name, String(value));
  return query.size > 0 ? `/profile?${query}` : '/profile';
}

/** A later request wins over an earlier one that answers late. */
async function showWall(address) {
  const mine = ++latest;
  const wall = document.querySelector('[data-wall]');
  wall.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
    if (mine !== latest) return;
    const fresh = page.querySelector('[data-wall]');
    if (!fresh) throw new Error('no wall');
    document.querySelector('[data-wall]').replaceWith(fresh);
    history.replaceState(null, '', address);
  } catch {
    location.assign(address);
  }
}
