// A thread does not inherit the TypeScript loader of the process: it registers its own, then becomes worker.ts.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
