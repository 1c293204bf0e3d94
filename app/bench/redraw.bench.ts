import { expect, type Page, test } from "@playwright/test";

const GOAL_MS = 16;
const STEPS = 300;

interface Redraw {
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

for (const structure of ["Iron condor", "Call calendar"]) {
  for (const slider of ["Date", "Volatility"]) {
    test(`${structure}: a step of the ${slider.toLowerCase()} slider`, async ({ page }) => {
      await page.goto("/payoff");
      await page.getByLabel("Replace the legs by a structure").selectOption(structure);
      const { median, p95, longest } = await redraws(page, slider);
      const figures = [median, p95, longest].map((time) => time.toFixed(2));
      process.stdout.write(
        `${structure}, ${slider}: median ${figures[0]} ms, p95 ${figures[1]} ms, longest ${figures[2]} ms (${STEPS} steps)\n`,
      );
      expect(p95).toBeLessThan(GOAL_MS);
    });
  }
}

/** Time from a slider's event to the end of the frame that shows it: script, style, layout and paint of the main thread. */
async function redraws(page: Page, slider: string): Promise<Redraw> {
  const times = await page.getByRole("slider", { name: slider }).evaluate(async (element, steps) => {
    const input = element as HTMLInputElement;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const [low, high] = [Number(input.min), Number(input.max)];
    const step = (index: number) =>
      new Promise<number>((done) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          const from = performance.now();
          channel.port1.onmessage = () => done(performance.now() - from);
          setValue?.call(input, String(low + ((high - low) * (index % 31)) / 30));
          input.dispatchEvent(new Event("input", { bubbles: true }));
          // Posted in the frame, received after it was painted.
          channel.port2.postMessage(null);
        });
      });
    const measured: number[] = [];
    for (let index = 0; index < steps; index += 1) measured.push(await step(index));
    return measured.slice(30);
  }, STEPS + 30);
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), longest: at(1) };
}
