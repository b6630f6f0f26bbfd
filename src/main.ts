import './checkNode.mjs';
import { serve } from './commands/serve.ts';

if (process.env['npm_lifecycle_event']) stopWithTheShell();

// `npm start`: the same as `marquee serve`.
process.exitCode = await serve({
  environment: process.env,
  folder: process.cwd(),
  out: process.stdout,
  err: process.stderr,
});

/**
 * A SIGTERM for npm ends npm and its shell, but the shell does not hand it on: the server would stay behind and hold the
 * port. Once the shell is gone the server stops as if it had got the signal itself.
 */
function stopWithTheShell(): void {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
