import { type RatingsReport } from '../evaluation/summarise.ts';
import { reportAsText } from './tables.ts';
export const reportAsHtml = (report: RatingsReport): string => reportAsText(report);
