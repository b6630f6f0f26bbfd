import type { FieldError } from '../../errors.ts';
import { presentAsk, type AskBox, type AskContext, type AskValues } from './presentAsk.ts';

export interface HomePage {
  title: string | null;
  styles: string[];
  scripts: string[];
  ask: AskBox;
  /** Other ways in, below the box. */
  catalogueLine: string;
}

/** The home page: one question, one box. `errors` are those of a form that was refused. */
export function presentHome(
  values: AskValues,
  context: AskContext & { titleCount: number },
  errors: readonly FieldError[] = [],
): HomePage {
  return {
    title: errors.length > 0 ? 'Not sent yet' : null,
    styles: ['ask'],
    scripts: ['askForm'],
    ask: presentAsk(values, context, { errors }),
    catalogueLine: `${context.titleCount.toLocaleString('en')} films and series. Every one of them real, every reason checkable.`,
  };
}
