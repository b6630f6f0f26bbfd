/**
 * A text field that completes names: an ARIA combobox over GitHub's keyboard navigation. An empty field offers the most
 * used; arrow keys move, Enter takes, Escape closes. What is offered is announced.
 */
import Combobox from '/static/vendor/combobox-nav.js';

const TYPING_MS = 110;
let made = 0;

/**
 * @template Item
 * @param {HTMLInputElement} input
 * @param {{address: (query: string) => string, draw: (item: Item, option: HTMLElement) => void, take: (item: Item) => void,
 *   label: string}} options
 */
export function completeIn(input, { address, draw, take, label }) {
  const list = document.createElement('ul');
  list.id = `completions-${++made}`;
  list.className = 'completions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', label);
  list.hidden = true;
  const said = document.createElement('span');
  said.className = 'visually-hidden';
  said.setAttribute('aria-live', 'polite');
  input.setAttribute('aria-controls', list.id);
  input.after(list, said);
  const navigation = new Combobox(input, list, { firstOptionSelectionMode: 'none' });
  /** @type {Map<string, Item>} */
  let items = new Map();
  let waiting;
  let asking;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    if (list.hidden) return;
    navigation.stop();
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  };
  const open = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address(input.value.trim()), { signal, credentials: 'same-origin' });
      if (!answer.ok) return close();
      const found = (await answer.json()).items;
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch {
      // Typed on meanwhile, or the server is away: the field stays a plain text field.
    }
  };
  const show = (found) => {
    navigation.clearSelection();
    items = new Map(found.map((item, at) => [`${list.id}-${at}`, item]));
    list.replaceChildren(...[...items].map(([id, item]) => optionOf(id, item, draw)));
    said.textContent = found.length === 0 ? 'Nothing goes by that name.' : `${found.length} to choose from.`;
    if (found.length === 0) list.append(nothing());
    list.hidden = false;
    navigation.start();
  };

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(open, TYPING_MS);
  });
  input.addEventListener('focus', () => void open());
  input.addEventListener('click', () => list.hidden && void open());
  input.addEventListener('blur', close);
  // A press on an option must not take the focus from the field before it counts.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('combobox-commit', ({ target }) => {
    const item = items.get(target.id);
    if (item) choose(item);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key === 'ArrowDown' && list.hidden) void open();
    // Enter without a choice takes the likeliest, when something was typed.
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing) return;
    const first = items.get(`${list.id}-0`);
    if (input.value.trim() === '' || list.hidden || !first) return;
    event.preventDefault();
    choose(first);
  });

  const choose = (item) => {
    input.value = '';
    close();
    take(item);
  };
}

function optionOf(id, item, draw) {
  const option = document.createElement('li');
  option.id = id;
  option.setAttribute('role', 'option');
  draw(item, option);
  return option;
}

function nothing() {
  const line = document.createElement('li');
  line.className = 'nothing';
  line.setAttribute('role', 'option');
  line.setAttribute('aria-disabled', 'true');
  line.textContent = 'Nothing goes by that name.';
  return line;
}
