/** Returns by month as a calendar shows them. */

import type { PeriodReturn } from "./api/types.gen";

export interface YearRow {
  readonly year: number;
  /** January to December; undefined: not in the run, null: it began with nothing. */
  readonly months: readonly (number | null | undefined)[];
  readonly total: number | null | undefined;
}

/** A row per year, in order, with a place for each of its months. */
export function yearRows(months: readonly PeriodReturn[], years: readonly PeriodReturn[]): YearRow[] {
  const byMonth = new Map(months.map(({ year, month, total }) => [`${year}-${month}`, total]));
  return years.map(({ year, total }) => ({
    year,
    months: Array.from({ length: 12 }, (_, month) => byMonth.get(`${year}-${month + 1}`)),
    total,
  }));
}

/** Size of a return by the largest one, 0 to 1; 0 where there is none. */
export function strength(value: number | null | undefined, largest: number): number {
  return value == null || largest === 0 ? 0 : Math.min(Math.abs(value) / largest, 1);
}
