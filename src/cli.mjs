#!/usr/bin/env node
// The command registers the TypeScript loader itself, so that it works from any folder.
import './checkNode.mjs';
import { register } from 'tsx/esm/api';

register();
await import('./cli.ts');
