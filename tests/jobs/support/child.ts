import { ProgressPipe } from '../../../datasets/support/progress.ts';

/** A child for the tests: what it does is its first parameter. */
const pipe = new ProgressPipe();
const what = process.argv[2];
const wait = () => new Promise(() => setInterval(() => {}, 1000));

if (what === 'work') {
  pipe.report({ step: 'load', done: 0 });
  pipe.report({ step: 'load', done: 18_515, ms: 2100, note: 'x' });
  await pipe.finish({ result: { titles: 18_515, big: 'é'.repeat(200_000) } });
  process.exit(0);
}
if (what === 'refuse') {
  await pipe.finish({ error: { message: 'genome.zip: not a whole zip archive', exitCode: 2 } });
  process.exit(2);
}
if (what === 'crash') process.exit(7);
if (what === 'wait') {
  pipe.report({ step: 'waiting', done: process.pid, ms: 0 });
  await wait();
}
if (what === 'deaf') {
  process.on('SIGTERM', () => {});
  pipe.report({ step: 'waiting', done: process.pid, ms: 0 });
  await wait();
}
if (what === 'polite') {
  process.on('SIGTERM', () => {
    void pipe
      .finish({ error: { message: 'Interrupted; nothing changed', exitCode: 130 } })
      .then(() => process.exit(130));
  });
  pipe.report({ step: 'waiting', done: process.pid, ms: 0 });
  await wait();
}
