/** The theme switch in the footer: the lights change at once, the server keeps the choice in its cookie. */
const form = document.querySelector('[data-theme-switch]');

form?.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (!button?.value) return;
  event.preventDefault();
  const data = new FormData(form, button);
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(data),
    redirect: 'manual',
  }).catch(() => null);
  // A redirect is the answer of the plain form; anything that is not one of the two means it was not kept.
  if (!answer || (answer.type !== 'opaqueredirect' && !answer.ok)) return form.submit();
  showTheme(button.value);
});

/** @param {string} theme `system`, `light` or `dark` */
function showTheme(theme) {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  const meta = document.querySelector('meta[name="color-scheme"]');
  if (meta) meta.content = theme === 'system' ? 'light dark' : theme;
  for (const button of form.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.value === theme));
}
