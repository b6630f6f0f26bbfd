import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { withStore, type CommandContext, type CommonOptions } from './context.ts';

/** `marquee user …`: accounts from the command line. The first admin is made here, never by default. */
export function registerUser(program: Command, context: CommandContext): void {
  const user = program.command('user').description('Make, promote, delete an account, or reset its password');
  const verb = (
    name: string,
    description: string,
    work: (store: Store, name: string, config: { publicUrl: string }) => Promise<object & { line: string }>,
  ) =>
    user
      .command(`${name} <name>`)
      .description(description)
      .option('--data-dir <folder>', 'where the state lives')
      .option('--json', 'one JSON document on stdout')
      .action(async (account: string, options: CommonOptions) => {
        const config = context.loadConfig(options);
        const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
        const { line, ...answer } = await withStore(config, (store) => work(store, account, { publicUrl }));
        context.out.write(options.json ? `${JSON.stringify(answer)}\n` : `${line}\n`);
      });

  verb(
    'create',
    'Make an account; the password is asked for, or read from standard input',
    async (store, name) => {
      const { registerUser: register } = await import('../services/accounts/registerUser.ts');
      const made = await register(store, { name, password: await readPassword() });
      return { line: `Made the account ${made.name}.`, userId: made.userId, name: made.name };
    },
  );
  verb('promote', 'Make an account an admin', async (store, name) => {
    const found = await findUser(store, name);
    await store.users.setRole(found.userId, 'admin');
    return { line: `${found.name} is an admin now.`, userId: found.userId, name: found.name, role: 'admin' };
  });
  verb('delete', 'Delete an account with everything it kept', async (store, name) => {
    const found = await findUser(store, name);
    await store.users.remove(found.userId);
    return { line: `Deleted ${found.name} and everything it kept.`, userId: found.userId, name: found.name };
  });
  verb(
    'reset-password',
    'Print a one-time link that sets a new password',
    async (store, name, { publicUrl }) => {
      const { createResetLink } = await import('../services/accounts/resetPassword.ts');
      const found = await findUser(store, name);
      const link = `${publicUrl}/reset-password/${await createResetLink(store, found.userId)}`;
      return { line: link, name: found.name, link };
    },
  );
}

async function findUser(store: Store, name: string) {
  const found = await store.users.findByName(name);
  if (!found) throw new UsageError(`There is no account "${name}"`);
  return found;
}

/** Asks on a terminal without echo; otherwise the first line of standard input. */
async function readPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write('Password: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  try {
    for await (const line of lines) return line;
    throw new UsageError('No password on standard input');
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}
