import type { FieldError } from '../../errors.ts';
import type { Title } from '../../domain.ts';
import { presentAsk, type AskBox, type AskContext, type AskValues } from './presentAsk.ts';
import { presentShelf, type PosterVariants, type ShelfItem } from './presentShelf.ts';

export interface HomePage {
  title: string | null;
  styles: string[];
  scripts: string[];
  ask: AskBox;
  /** A few posters beside the question: titles known by most. */
  posters: ShelfItem[];
  /** Other ways in, below the box. */
  catalogueLine: string;
}

export interface HomeContext extends AskContext {
  titleCount: number;
  /** Titles known by most. */
  known: readonly Title[];
  posterVariants: PosterVariants;
}

/** The home page: one question, one box. `errors` are those of a form that was refused. */
export function presentHome(
  values: AskValues,
  context: HomeContext,
  errors: readonly FieldError[] = [],
): HomePage {
  return {
    title: errors.length > 0 ? 'Not sent yet' : null,
    styles: ['ask'],
    scripts: ['askForm'],
    ask: presentAsk(values, context, { errors }),
    posters: presentShelf(
      context.known,
      context.posterVariants(context.known),
      () => null,
      () => null,
    ),
    catalogueLine: `${context.titleCount.toLocaleString('en')} films and series. Every one of them real, every reason checkable.`,
  };
}
