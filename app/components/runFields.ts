/** What of a run configuration the form lets change, by path, with what each field takes. */

import * as z from "zod/mini";
import type { DeclarativeStrategy, RunConfig } from "../lib/api/types.gen";
import { valueAtPath } from "../lib/fieldPath";
import { words } from "../lib/format";

export interface RunField {
  /** Dotted path in the configuration. */
  readonly path: string;
  readonly label: string;
  readonly input: "text" | "date" | "number";
  readonly unit?: string;
  readonly check: z.ZodMiniType;
  /** An empty field means null: the rule does not apply. */
  readonly optional?: boolean;
}

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly RunField[];
}

/** A leg and the three fields of its delta, in the order target, minimum, maximum. */
export interface LegFields {
  readonly name: string;
  readonly summary: string;
  readonly fields: readonly RunField[];
}

const text = z.string().check(z.minLength(1, "Give it a name"));
const day = z.iso.date("Give a date");
const positive = z.number("Give a number").check(z.gt(0, "More than zero"));
const notNegative = z.number("Give a number").check(z.gte(0, "Zero or more"));
const whole = z.int("Give a whole number").check(z.gte(0, "Zero or more"));
const oneOrMore = z.int("Give a whole number").check(z.gte(1, "One or more"));
const share = z.number("Give a number").check(z.gte(0, "From 0 to 1"), z.lte(1, "From 0 to 1"));
const percentage = z.number("Give a number").check(z.gt(0, "More than zero"), z.lte(100, "At most 100"));

/** Groups of fields that stand in the configuration. */
export function fieldGroups(configuration: RunConfig): FieldGroup[] {
  const groups: FieldGroup[] = [
    { title: "Run", fields: RUN },
    ...declared(configuration).flatMap(({ strategy, path }) => strategyGroups(strategy, path)),
    { title: "Costs", fields: COSTS },
  ];
  return groups
    .map(({ title, fields }) => ({
      title,
      fields: fields.filter(({ path }) => valueAtPath(configuration, path) !== undefined),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** Legs of all declared strategies whose strike is found by its delta; other words are edited in the configuration. */
export function legFields(configuration: RunConfig): LegFields[] {
  return declared(configuration).flatMap(({ strategy, path }) =>
    strategy.legs.flatMap((leg, index) =>
      "right" in leg && leg.delta
        ? [
            {
              name: words(leg.name),
              summary: `${leg.side} ${leg.ratio ?? 1} ${leg.right}`,
              fields: (["target", "minimum", "maximum"] as const).map((bound) => ({
                path: `${path}.legs.${index}.delta.${bound}`,
                label: `${words(leg.name)}: ${bound} delta`,
                input: "number" as const,
                check: share,
              })),
            },
          ]
        : [],
    ),
  );
}

const RUN: readonly RunField[] = [
  { path: "name", label: "Name", input: "text", check: text },
  { path: "start", label: "First session", input: "date", check: day },
  { path: "end", label: "Last session", input: "date", check: day },
  { path: "account.initial_cash_usd", label: "Initial cash", unit: "USD", input: "number", check: positive },
  { path: "seed", label: "Seed", input: "number", check: z.int("Give a whole number") },
];

const COSTS: readonly RunField[] = [
  {
    path: "execution.fees.fee_per_contract_usd",
    label: "Fee per contract",
    unit: "USD",
    input: "number",
    check: notNegative,
  },
  {
    path: "execution.share_half_spread_usd",
    label: "Half spread of shares",
    unit: "USD",
    input: "number",
    check: notNegative,
  },
];

interface Declared {
  readonly strategy: DeclarativeStrategy;
  readonly path: string;
}

function declared({ strategies }: RunConfig): Declared[] {
  return strategies.flatMap((strategy, index) =>
    "legs" in strategy ? [{ strategy, path: `strategies.${index}` }] : [],
  );
}

function strategyGroups(strategy: DeclarativeStrategy, path: string): FieldGroup[] {
  return [
    ...Object.keys(strategy.expirations).map((name) => ({
      title: `${words(name)} expiration`,
      fields: expirationFields(`${path}.expirations.${name}`),
    })),
    { title: "Entry, exit and size", fields: [...ruleFields(`${path}`), ...sizeFields(`${path}.sizing`)] },
  ];
}

function expirationFields(path: string): RunField[] {
  return [
    { path: `${path}.target_dte`, label: "Target", unit: "days", input: "number", check: whole },
    { path: `${path}.min_dte`, label: "At least", unit: "days", input: "number", check: whole },
    { path: `${path}.max_dte`, label: "At most", unit: "days", input: "number", check: whole },
  ];
}

function ruleFields(path: string): RunField[] {
  return [
    {
      path: `${path}.entry.max_open_positions`,
      label: "Open positions at most",
      input: "number",
      check: oneOrMore,
    },
    {
      path: `${path}.exit.profit_target_percent`,
      label: "Profit target",
      unit: "% of premium",
      input: "number",
      check: positive,
      optional: true,
    },
    {
      path: `${path}.exit.stop_loss_percent`,
      label: "Stop loss",
      unit: "% of premium",
      input: "number",
      check: positive,
      optional: true,
    },
    {
      path: `${path}.exit.dte`,
      label: "Close at",
      unit: "days left",
      input: "number",
      check: whole,
      optional: true,
    },
  ];
}

function sizeFields(path: string): RunField[] {
  return [
    {
      path: `${path}.percent`,
      label: "At risk per entry",
      unit: "% of account",
      input: "number",
      check: percentage,
    },
    { path: `${path}.contracts`, label: "Packages per entry", input: "number", check: oneOrMore },
    {
      path: `${path}.delta_shares`,
      label: "Net delta at most",
      unit: "shares",
      input: "number",
      check: positive,
    },
  ];
}
