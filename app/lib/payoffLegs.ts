/** What a position consists of, and what it is worth at a spot and a time. Field names are those of the service. */

import { price } from "./blackScholes";

/**
 * One holding: quantity (contracts or shares; negative: short) bought at a price per share.
 *
 * Options need a strike; years to their expiry and volatility default to those of the position. The multiplier (shares
 * per contract) defaults to 100 for options and 1 otherwise. A unit of cash is worth 1.
 */
export interface PayoffLeg {
  readonly kind: "call" | "put" | "stock" | "cash";
  readonly quantity: number;
  readonly price: number;
  readonly strike?: number | null | undefined;
  readonly years?: number | null | undefined;
  readonly volatility?: number | null | undefined;
  readonly multiplier?: number | null | undefined;
  readonly label?: string | null | undefined;
}

/** Legs and the market they are valued in: rates continuously compounded, volatility and rates decimals, fees in USD. */
export interface Position {
  readonly legs: readonly PayoffLeg[];
  readonly spot: number;
  readonly rate: number;
  readonly dividend_yield: number;
  readonly volatility: number;
  readonly years: number;
  readonly fees_usd: number;
}

export function isOption(leg: PayoffLeg): boolean {
  return leg.kind === "call" || leg.kind === "put";
}

/** Quantity times multiplier. */
export function shares(leg: PayoffLeg): number {
  return leg.quantity * (leg.multiplier ?? (isOption(leg) ? 100 : 1));
}

/** Years to the leg's expiry. */
export function expiry(position: Position, leg: PayoffLeg): number {
  return leg.years ?? position.years;
}

/** The leg's volatility. */
export function sigma(position: Position, leg: PayoffLeg): number {
  return leg.volatility ?? position.volatility;
}

/** Years to the first expiry, at which the position is measured. */
export function horizon(position: Position): number {
  const expiries = position.legs.filter(isOption).map((leg) => expiry(position, leg));
  return expiries.length === 0 ? position.years : Math.min(...expiries);
}

/** Whether all options expire at the same time, so that profit and loss is straight between strikes. */
export function expireTogether(position: Position): boolean {
  const first = horizon(position);
  return position.legs.every((leg) => !isOption(leg) || expiry(position, leg) === first);
}

/** Strikes of the options in ascending order, each once. */
export function strikes(position: Position): number[] {
  const found = position.legs.flatMap((leg) => (isOption(leg) && leg.strike != null ? [leg.strike] : []));
  return [...new Set(found)].sort((one, other) => one - other);
}

/** Value of all legs in USD at a spot, some years from now; options past their expiry keep their intrinsic value. */
export function marketValue(position: Position, spot: number, elapsedYears: number): number {
  let total = 0;
  for (const leg of position.legs) total += shares(leg) * legValue(position, leg, spot, elapsedYears);
  return total;
}

function legValue(position: Position, leg: PayoffLeg, spot: number, elapsedYears: number): number {
  if (leg.kind === "stock") return spot;
  if (leg.kind === "cash") return 1;
  return price({
    right: leg.kind,
    spot,
    strike: leg.strike ?? 0,
    years: Math.max(expiry(position, leg) - elapsedYears, 0),
    rate: position.rate,
    dividend_yield: position.dividend_yield,
    volatility: sigma(position, leg),
  });
}
