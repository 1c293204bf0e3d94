import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { type Crosshair, crosshairTarget, FAR } from "../lib/crosshair";

interface CrosshairAreaProps extends Crosshair {
  readonly label: string;
  /** What the cross-hair reads, for screen readers. */
  readonly text: string;
  readonly onMove: (to: number | null) => void;
  /** The place under a pixel, counted from the left of the area. */
  readonly under: (pixel: number) => number;
  readonly children: ReactNode;
}

/** A chart as one control: a slider over its places, by pointer and by keyboard. */
export function CrosshairArea({ label, text, onMove, under, children, ...crosshair }: CrosshairAreaProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = crosshairTarget(event.key, event.shiftKey, crosshair);
    if (target === undefined) return;
    event.preventDefault();
    onMove(target);
  };
  const onPointerMove = (event: PointerEvent) =>
    onMove(under(event.clientX - event.currentTarget.getBoundingClientRect().left));
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={crosshair.stops[0]}
      aria-valuemax={crosshair.stops.at(-1)}
      aria-valuenow={crosshair.at}
      aria-valuetext={text}
      className="group touch-pan-y select-none"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerMove}
      onPointerMove={onPointerMove}
      onPointerLeave={(event) => event.pointerType === "mouse" && onMove(null)}
    >
      {children}
      <p className="invisible px-4 pb-1 text-right text-xs text-muted group-focus-visible:visible">
        ← → step · Shift ×{FAR} · Home, End{crosshair.marks !== undefined && " · b break-even"} · Esc
      </p>
    </div>
  );
}
