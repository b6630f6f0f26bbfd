/**
 * The ask box: what was typed is never lost (it stays in the tab until its list is there), the count appears near the
 * end, examples fill the box without a reload, and forms that make a list ask for the live page.
 */
const KEPT = 'marquee prompt';
/** The count is shown for the last eighth. */
const NEAR_THE_END = 7 / 8;

const form = document.querySelector('[data-ask]');
const prompt = form?.querySelector('[data-prompt]');

if (prompt) {
  if (document.querySelector('[data-run]')) forget(prompt.value);
  else if (prompt.value === '') prompt.value = kept();
  showCount();
  prompt.addEventListener('input', () => {
    keep(prompt.value);
    showCount();
  });
  prompt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

for (const link of document.querySelectorAll('[data-example]'))
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    prompt.value = link.textContent;
    keep(prompt.value);
    showCount();
    prompt.focus();
  });

document.addEventListener('submit', (event) => {
  const sent = event.target;
  if (!sent.matches?.('[data-live]') || event.defaultPrevented) return;
  // "See what would be sent" goes elsewhere and makes no list.
  if (event.submitter?.hasAttribute('formaction')) return;
  if (!sent.querySelector('input[name="live"]')) {
    const live = document.createElement('input');
    Object.assign(live, { type: 'hidden', name: 'live', value: '1' });
    sent.append(live);
  }
  const button = sent.querySelector('.go');
  if (button) {
    button.dataset.label ??= button.textContent;
    button.textContent = 'Looking…';
  }
});

form?.querySelector('#chat-model')?.addEventListener('change', ({ target }) => {
  const line = form.querySelector('[data-estimate-line]');
  if (line) line.textContent = target.selectedOptions[0].dataset.estimate;
});

// Coming back with the browser's button: the page is as it was, and so must the button be.
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('.go[data-label]'))
    button.textContent = button.dataset.label;
});

// Stars changed on a chip, or a wish confirmed: the list is made again.
document.addEventListener('change', (event) => {
  if (!event.target.matches?.('[data-resend]')) return;
  const button = event.target.form.querySelector('[name="corrected"]');
  event.target.form.requestSubmit(button);
});

function showCount() {
  const count = form.querySelector('[data-count]');
  const longest = Number(count.dataset.longest);
  const length = prompt.value.length;
  count.textContent =
    length >= longest * NEAR_THE_END ? `${(longest - length).toLocaleString('en')} characters left` : '';
}

function keep(text) {
  try {
    sessionStorage.setItem(KEPT, text);
  } catch {
    // Storage may be switched off: then the box is as forgetful as any other.
  }
}

function kept() {
  try {
    return sessionStorage.getItem(KEPT) ?? '';
  } catch {
    return '';
  }
}

function forget(shown) {
  if (kept() === shown) keep('');
}
