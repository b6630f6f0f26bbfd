/**
 * Lets a list move instead of jump (FLIP: first, last, invert, play). Titles that stay glide from where they were, those that
 * enter fade in. Nothing moves for people who asked for less motion.
 */
const DURATION_MS = 350;
const EASING = 'cubic-bezier(.2,.8,.2,1)';

/**
 * @param {() => NodeListOf<HTMLElement> | HTMLElement[]} itemsNow elements with a `data-title`, shown or not
 * @param {() => void} change reorders, replaces or hides them
 */
export function moveList(itemsNow, change) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return change();
  const before = new Map();
  for (const item of itemsNow())
    if (!item.hidden) before.set(item.dataset.title, item.getBoundingClientRect().top);
  change();
  for (const item of itemsNow()) {
    if (item.hidden || typeof item.animate !== 'function') continue;
    const was = before.get(item.dataset.title);
    if (was === undefined) {
      item.animate([{ opacity: 0 }, { opacity: 1 }], { duration: DURATION_MS, easing: EASING });
      continue;
    }
    const by = was - item.getBoundingClientRect().top;
    if (by !== 0)
      item.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], {
        duration: DURATION_MS,
        easing: EASING,
      });
  }
}
