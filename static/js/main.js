/** What every page runs. Each module looks for its own data attributes and does nothing without them. */
import './theme.js';
import './titleActions.js';
import './stars.js';

// What was sent once is not sent again while its answer is on the way; a form answered by a script may be.
const sent = new WeakSet();
window.addEventListener('submit', (event) => {
  if (event.defaultPrevented || event.target.method !== 'post') return;
  if (sent.has(event.target)) event.preventDefault();
  else sent.add(event.target);
});
// Coming back with the browser's button, the page may be as it was left.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) sent.delete(form);
});

// An open menu closes on Escape and on a click elsewhere.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('.account-menu[open], .chip-edit[open]');
  if (!open) return;
  open.removeAttribute('open');
  open.querySelector('summary')?.focus();
});
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('.account-menu[open], .chip-edit[open]'))
    if (!open.contains(event.target)) open.removeAttribute('open');
});
