import type { ReactNode } from "react";
import type { Problem } from "../lib/api/types.gen";
import { zProblem } from "../lib/api/zod.gen";

/** What an answer that is no result says; for anything else than a problem document, that the service was not reached. */
export function problemOf(error: unknown): Omit<Problem, "type" | "status"> & { readonly status?: number } {
  const found = zProblem.safeParse(error);
  if (found.success) return found.data;
  return {
    title: "The service did not answer",
    detail: error instanceof Error ? error.message : "The answer was not understood.",
    remedy: "Check that `ironfly serve` is running, then try again.",
    errors: [],
  };
}

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, where, and what to do about it. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const { title, detail, remedy, errors } = problemOf(error);
  return (
    <div role="alert" className="border-l-2 border-loss px-4 py-3">
      <p className="font-semibold">{title}</p>
      {errors.length === 0 && <p>{detail}</p>}
      {errors.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {errors.map(({ field, problem }) => (
            <li key={field + problem}>
              <code>{field}</code>: {problem}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-1 text-muted">{remedy}</p>
      {onRetry !== undefined && (
        <button type="button" className="button mt-2" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** An empty place, and what would fill it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-4 py-12 text-center">
      <p className="text-base font-semibold">{title}</p>
      <div className="max-w-prose text-muted">{children}</div>
    </div>
  );
}

/** The outline of what is being loaded: lines of the height of text. */
export function Loading({ what, lines = 4 }: { readonly what: string; readonly lines?: number }) {
  const widths = [92, 78, 85, 64, 88, 71];
  return (
    <div role="status" aria-label={`Loading ${what}`} className="grid gap-3 px-4 py-4">
      {Array.from({ length: lines }, (_, index) => `${widths[index % widths.length]}%`).map(
        (width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
          <div key={index} className="h-3 rounded-sm bg-hover" style={{ width }} />
        ),
      )}
    </div>
  );
}
