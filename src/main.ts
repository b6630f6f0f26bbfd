import { serve } from './commands/serve.ts';

// `npm start`: the same as `marquee serve`.
process.exitCode = await serve({
  environment: process.env,
  folder: process.cwd(),
  out: process.stdout,
  err: process.stderr,
});
