/**
 * A position on the screen and the scenario it is looked at in: pure transitions, and a thin hook.
 *
 * A transition takes a state and returns the next one. What is drawn follows from the state by `shownPosition`.
 */

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { horizon, type PayoffLeg, type Position, withVolatilityShift } from "../lib/payoff";

export const DAYS_PER_YEAR = 365;

/** A later date and another volatility; zeros are the market as it is. */
export interface Scenario {
  readonly elapsed_days: number;
  readonly volatility_points: number;
}

export interface PositionState extends Scenario {
  /** All legs, those that are switched off included. */
  readonly position: Position;
  /** Legs that are left out, by index. */
  readonly hidden: readonly number[];
  /** Spot under the cross-hair; null: the cross-hair rests at the market's spot. */
  readonly cursor: number | null;
}

export type Transition = (state: PositionState) => PositionState;

export const AS_IT_IS: Scenario = { elapsed_days: 0, volatility_points: 0 };

export function openPosition(position: Position, scenario: Scenario = AS_IT_IS): PositionState {
  return withinLife({ position, hidden: [], cursor: null, ...scenario });
}

export function setScenario(scenario: Partial<Scenario>): Transition {
  return (state) => withinLife({ ...state, ...scenario });
}

export function moveCursor(cursor: number | null): Transition {
  return (state) => ({ ...state, cursor });
}

export function setMarket(market: Partial<Omit<Position, "legs">>): Transition {
  return (state) => withinLife({ ...state, cursor: null, position: { ...state.position, ...market } });
}

export function addLeg(leg: PayoffLeg): Transition {
  return (state) => withLegs(state, [...state.position.legs, leg], state.hidden);
}

/** Change a leg in place. */
export function setLeg(index: number, change: Partial<PayoffLeg>): Transition {
  return (state) =>
    withLegs(
      state,
      state.position.legs.map((leg, at) => (at === index ? { ...leg, ...change } : leg)),
      state.hidden,
    );
}

/** Remove a leg, unless it is the last one: a position needs one. */
export function removeLeg(index: number): Transition {
  return (state) => {
    if (state.position.legs.length === 1) return state;
    const hidden = state.hidden.filter((at) => at !== index).map((at) => (at > index ? at - 1 : at));
    return withLegs(
      state,
      state.position.legs.filter((_, at) => at !== index),
      hidden,
    );
  };
}

/** Turn bought into sold and back. */
export function flipLeg(index: number): Transition {
  return (state) => setLeg(index, { quantity: -(state.position.legs[index]?.quantity ?? 0) })(state);
}

/** Leave a leg out or take it in again; the last shown leg stays. */
export function toggleLeg(index: number): Transition {
  return (state) => {
    if (state.hidden.includes(index)) {
      return withinLife({ ...state, hidden: state.hidden.filter((at) => at !== index) });
    }
    if (state.hidden.length + 1 === state.position.legs.length) return state;
    return withinLife({ ...state, hidden: [...state.hidden, index] });
  };
}

/** The legs that are taken in, in the market as it is. */
export function shownLegs({ position, hidden }: Pick<PositionState, "position" | "hidden">): Position {
  if (hidden.length === 0) return position;
  return { ...position, legs: position.legs.filter((_, index) => !hidden.includes(index)) };
}

/** The legs that are taken in, at the scenario's volatility. */
export function shownPosition(state: Omit<PositionState, "cursor" | "elapsed_days">): Position {
  return withVolatilityShift(shownLegs(state), state.volatility_points / 100);
}

export function elapsedYears({ elapsed_days }: Scenario): number {
  return elapsed_days / DAYS_PER_YEAR;
}

/** Days until the first of the shown legs expires. */
export function daysToExpiry(state: Pick<PositionState, "position" | "hidden">): number {
  return horizon(shownLegs(state)) * DAYS_PER_YEAR;
}

function withLegs(
  state: PositionState,
  legs: readonly PayoffLeg[],
  hidden: readonly number[],
): PositionState {
  return withinLife({ ...state, hidden, position: { ...state.position, legs } });
}

/** The date of a scenario lies between now and the first expiry. */
function withinLife(state: PositionState): PositionState {
  const elapsed_days = Math.min(Math.max(state.elapsed_days, 0), daysToExpiry(state));
  return elapsed_days === state.elapsed_days ? state : { ...state, elapsed_days };
}

export type PositionStore = StoreApi<PositionState>;

/** State and a way to move it, for as long as the component lives; `onSettled` hears of the state when it rests. */
export function usePosition(
  initial: () => PositionState,
  onSettled: (state: PositionState) => void,
): readonly [PositionState, (transition: Transition) => void] {
  const [store] = useState<PositionStore>(() => createStore(initial));
  useEffect(() => whenSettled(store, onSettled), [store, onSettled]);
  const state = useStore(store);
  return [state, (transition) => store.setState(transition)];
}

const REST_MS = 250;

function whenSettled(store: PositionStore, onSettled: (state: PositionState) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const undo = store.subscribe((state, before) => {
    if (withoutCursor(state) === withoutCursor(before)) return;
    clearTimeout(timer);
    timer = setTimeout(() => onSettled(state), REST_MS);
  });
  return () => {
    clearTimeout(timer);
    undo();
  };
}

/** What of a state is worth remembering, as text that compares. */
function withoutCursor({ cursor: _cursor, ...rest }: PositionState): string {
  return JSON.stringify(rest);
}
