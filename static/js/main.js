/** What every page runs. Each module looks for its own data attributes and does nothing without them. */
import './theme.js';
import './titleActions.js';
import './stars.js';

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
