import { expect, it } from "vitest";
import { dotted, valueAtPath } from "./fieldPath";

it("reads the service's paths as the form's", () => {
  expect(dotted("strategies[0].legs[1].delta.target")).toBe("strategies.0.legs.1.delta.target");
  expect(dotted("account.initial_cash_usd")).toBe("account.initial_cash_usd");
});

it("finds what stands at a path, and nothing where there is nothing", () => {
  const document = { strategies: [{ legs: [{ name: "put" }] }] };
  expect(valueAtPath(document, "strategies.0.legs.0.name")).toBe("put");
  expect(valueAtPath(document, "strategies.1.legs.0.name")).toBeUndefined();
  expect(valueAtPath(null, "a")).toBeUndefined();
});
