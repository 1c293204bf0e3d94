/** View state in the address: what each page takes, with what it falls back to. */

import * as z from "zod/mini";
import { zPayoffRequest } from "./api/zod.gen";

const scenario = {
  days: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
  iv: z.catch(z.optional(z.number()), undefined),
  table: z.catch(z.optional(z.boolean()), undefined),
};

/** Runs: those before one of them. */
export const runsSearch = z.object({ before: z.catch(z.optional(z.string()), undefined) });

/** One run: the page of trades, the trade that is drawn, its scenario, and what trades are grouped by. */
export const runSearch = z.object({
  by: z.catch(z.optional(z.string()), undefined),
  offset: z.catch(z.optional(z.int().check(z.minimum(0))), undefined),
  trade: z.catch(z.optional(z.int()), undefined),
  ...scenario,
});

/** A new run: the example that it starts from. */
export const newRunSearch = z.object({ example: z.catch(z.optional(z.string()), undefined) });

/** Legs typed in, and their scenario. */
export const payoffSearch = z.object({
  position: z.catch(z.optional(zPayoffRequest), undefined),
  ...scenario,
});

export type RunSearch = z.infer<typeof runSearch>;
export type PayoffSearch = z.infer<typeof payoffSearch>;
