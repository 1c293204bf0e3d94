/** How values read on the screen: en-US, U+2212 for minus, dates as MM/DD/YYYY in exchange time. */

const MINUS = "\u2212";
const NOTHING = "\u2013";
const EXCHANGE_ZONE = "America/New_York";

const COMPACT = {
  style: "currency",
  currency: "USD",
  notation: "compact",
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
} as const;

const formats = new Map<string, Intl.NumberFormat>();

function number(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat("en-US", options);
  formats.set(key, format);
  return format.format(value).replaceAll("-", MINUS);
}

/** Amount in USD: `$1,234.50`, `−$3.10`. */
export function usd(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
}

/** Profit or loss in USD, with its sign: `+$120.00`, `−$3.10`, `$0.00`. */
export function profit(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  });
}

/** Amount in USD as short as an axis wants it: `$250K`. */
export function compactUsd(value: number): string {
  return number(value, { ...COMPACT, signDisplay: "negative" });
}

/** Profit or loss as short as an axis wants it: `+$1.5K`, `−$12.5K`. */
export function compactProfit(value: number): string {
  return number(value, { ...COMPACT, signDisplay: "exceptZero" });
}

/** A decimal as percent: `12.3%`. */
export function percent(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
}

/** A return as percent, with its sign. */
export function signedPercent(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  });
}

/** A plain number with a fixed number of digits. */
export function decimal(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
}

/** A number with its sign. */
export function signed(value: number | null | undefined, digits = 2): string {
  if (value == null) return NOTHING;
  return number(value, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  });
}

/** A whole number with thousands. */
export function count(value: number | null | undefined): string {
  return value == null ? NOTHING : number(value, { maximumFractionDigits: 0 });
}

/** A strike or spot without superfluous digits: `2,860`, `292.5`. */
export function level(value: number): string {
  return number(value, { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 });
}

const parts = new Intl.DateTimeFormat("en-US", {
  timeZone: EXCHANGE_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function exchangeParts(instant: string | number): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

/** Exchange date of an ISO instant, or an ISO date as it stands: `05/28/2019`. */
export function date(value: string | number | null | undefined): string {
  if (value == null) return NOTHING;
  const plain = typeof value === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (plain !== null) return `${plain[2]}/${plain[3]}/${plain[1]}`;
  const { month, day, year } = exchangeParts(value);
  return `${month}/${day}/${year}`;
}

/** Exchange date and time of an ISO instant: `05/28/2019 15:45 ET`. */
export function dateTime(value: string | null | undefined): string {
  if (value == null) return NOTHING;
  const { month, day, year, hour, minute } = exchangeParts(value);
  return `${month}/${day}/${year} ${hour}:${minute} ET`;
}

/** A name of the wire as words: `profit_target` becomes `Profit target`, `dte_exit` `DTE exit`. */
export function words(name: string): string {
  const spaced = name.replaceAll(/[_-]/g, " ").replaceAll(/\b(dte|iv)\b/g, (short) => short.toUpperCase());
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
