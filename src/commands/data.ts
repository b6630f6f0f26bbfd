import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseJson } from '../parseJson.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { dataReport, presentReport, type DataReport } from './presentReport.ts';
import { registerRefresh } from './refresh.ts';

/** `marquee data report`: what every loaded data set brought, dropped (and why) and matched. */
export function registerData(program: Command, context: CommandContext): void {
  const data = program.command('data').description('What is loaded, and bringing it up to date');
  registerRefresh(data, context);
  data
    .command('report')
    .description('What was read, kept, dropped and matched, for every data set loaded here')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: CommonOptions) => {
      const { dataDir } = context.loadConfig(options);
      const datasets = await readReports(dataDir);
      context.out.write(
        options.json
          ? `${JSON.stringify({ datasets })}\n`
          : datasets.length === 0
            ? 'No data set is loaded yet.\n'
            : `${datasets.map(presentReport).join('\n\n')}\n`,
      );
      context.finish(0);
    });
}

/** The base set first, add-ons after it in the order they were loaded. */
async function readReports(dataDir: string): Promise<DataReport[]> {
  const folder = join(dataDir, 'reports');
  const reports: DataReport[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.json')) continue;
    const parsed = dataReport.safeParse(parseJson(await readFile(join(folder, name), 'utf8')));
    if (parsed.success) reports.push(parsed.data);
  }
  return reports.sort(
    (a, b) =>
      Number(a.kind === 'add-on') - Number(b.kind === 'add-on') || a.loadedAt.localeCompare(b.loadedAt),
  );
}
