/**
 * Makes something of an object at the first question, keeps it, and lets it go with the object: what takes some tenths of a
 * second for a catalogue and is the same for everybody.
 */
export function oncePer<Source extends object, Made>(
  make: (source: Source) => Made,
): (source: Source) => Made {
  const made = new WeakMap<Source, Made>();
  return (source) => {
    let known = made.get(source);
    if (known === undefined) made.set(source, (known = make(source)));
    return known;
  };
}
