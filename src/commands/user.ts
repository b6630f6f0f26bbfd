import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import { forgetNow } from '../jobs/forgetPeople.ts';
import { canForget, removePerson } from '../services/accounts/removePerson.ts';
import type { Store } from '../store/database.ts';
import { DATA_DIR, JSON_OUTPUT, withStore, type CommandContext, type CommonOptions } from './context.ts';

/** `marquee user …`: accounts from the command line. The first admin is made here, never by default. */
export function registerUser(program: Command, context: CommandContext): void {
  const user = program.command('user').description('Make, promote, delete an account, or reset its password');
  const verb = (
    name: string,
    description: string,
    work: (store: Store, name: string, config: Config) => Promise<object & { line: string }>,
  ) =>
    user
      .command(`${name} <name>`)
      .description(description)
      .option(...DATA_DIR)
      .option(...JSON_OUTPUT)
      .action(async (account: string, options: CommonOptions) => {
        const config = context.loadConfig(options);
        const { line, ...answer } = await withStore(config, (store) => work(store, account, config));
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
  verb('delete', 'Delete an account with everything it kept', async (store, name, config) => {
    const { userId, name: deleted } = await findUser(store, name);
    await removePerson(store, userId);
    const unlearned = await unlearnNow(store, config);
    return {
      line: `Deleted ${deleted} and everything it kept. ${unlearned.line}`,
      ...{ userId, name: deleted, receipt: unlearned.receipt },
    };
  });
  verb(
    'reset-password',
    'Print a one-time link that sets a new password',
    async (store, name, { publicUrl, port }) => {
      const { createResetLink } = await import('../services/accounts/resetPassword.ts');
      const found = await findUser(store, name);
      const origin = publicUrl ?? `http://localhost:${port}`;
      const link = `${origin}/reset-password/${await createResetLink(store, found.userId)}`;
      return { line: link, name: found.name, link };
    },
  );
}

/** What became of the deleted person's share in the model that is served. */
async function unlearnNow(store: Store, config: Config): Promise<{ line: string; receipt: object | null }> {
  if (!(await canForget(store))) return { line: 'The next training no longer knows them.', receipt: null };
  const { result, error } = await forgetNow(config);
  if (error)
    return {
      line: `They are not out of the model yet (${error}); a running server tries again, and the next training no longer knows them.`,
      receipt: null,
    };
  if (!result) return { line: 'The model never knew them.', receipt: null };
  const { modelAfter, differenceToRetrain } = result;
  const exact =
    differenceToRetrain === null
      ? ''
      : `, ${differenceToRetrain.toExponential(0)} from a training without them`;
  return { line: `They were taken out of the model: it is ${modelAfter} now${exact}.`, receipt: result };
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
