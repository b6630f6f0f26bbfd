// The first import of whatever is started, in plain JavaScript of any age: what follows may not even load on an old Node.
const OLDEST = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `marquee: Node ${process.versions.node} is too old: Marquee needs Node ${OLDEST.join('.')} or newer\n`,
  );
  process.exit(2);
}
