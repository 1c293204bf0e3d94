import { expect, it } from "vitest";
import * as format from "./format";

it("writes money with a true minus and two digits", () => {
  expect(format.usd(-1234.5)).toBe("\u2212$1,234.50");
  expect(format.usd(0)).toBe("$0.00");
});

it("gives profit and loss an explicit sign, and zero none", () => {
  expect(format.profit(120)).toBe("+$120.00");
  expect(format.profit(-3.1)).toBe("\u2212$3.10");
  expect(format.profit(-0.001)).toBe("$0.00");
  expect(format.signedPercent(0.01234)).toBe("+1.23%");
});

it("writes a dash for what is not known", () => {
  for (const one of [
    format.usd,
    format.profit,
    format.percent,
    format.decimal,
    format.date,
    format.dateTime,
  ]) {
    expect(one(null)).toBe("\u2013");
  }
});

it("writes instants in exchange time, whatever the machine's zone", () => {
  expect(format.dateTime("2019-05-28T19:45:00Z")).toBe("05/28/2019 15:45 ET");
  expect(format.dateTime("2019-01-02T21:00:00Z")).toBe("01/02/2019 16:00 ET");
  expect(format.date("2019-05-29T01:00:00Z")).toBe("05/28/2019");
  expect(format.dateTime("2019-05-28T04:00:00Z")).toBe("05/28/2019 00:00 ET");
});

it("leaves a plain date the day that it is", () => {
  expect(format.date("2019-05-28")).toBe("05/28/2019");
});

it("keeps axis labels and levels short", () => {
  expect(format.compactUsd(-12_500)).toBe("\u2212$12.5K");
  expect(format.compactProfit(1_500)).toBe("+$1.5K");
  expect(format.level(2860)).toBe("2,860");
  expect(format.level(292.5)).toBe("292.50");
});

it("reads names of the wire as words", () => {
  expect(format.words("profit_target")).toBe("Profit target");
  expect(format.words("dte_exit")).toBe("DTE exit");
});
