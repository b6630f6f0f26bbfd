import { runChild } from '../../../src/jobs/runChild.ts';

/** A parent for the tests that says its child's process id on stdout and waits. */
await runChild('tests/jobs/support/child.ts', ['wait'], {
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
