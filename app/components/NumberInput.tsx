import { type InputHTMLAttributes, useState } from "react";

interface NumberInputProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "type"> {
  readonly value: number;
  /** A finite number within min and max was typed. */
  readonly onValue: (value: number) => void;
}

/** A number that can be typed: what is no number yet stays in the field and is not passed on. */
export function NumberInput({ value, onValue, className = "", ...attributes }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      {...attributes}
      type="number"
      className={`control number ${className}`}
      value={draft ?? String(value)}
      onChange={(event) => {
        const { value: text, valueAsNumber, validity } = event.currentTarget;
        setDraft(text);
        if (Number.isFinite(valueAsNumber) && !validity.rangeUnderflow && !validity.rangeOverflow)
          onValue(valueAsNumber);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
