import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const PAGE = resolve(import.meta.dirname, "../dist");
const STARTS_WITHIN_MS = 90_000;

/** Start the service on a free port with a database of its own, and return how to end it. */
export default async function serve(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["IRONFLY_URL"]) return undefined;
  if (!existsSync(join(PAGE, "index.html")))
    throw new Error("there is no app/dist: run `npm run build` first");
  const folder = mkdtempSync(join(tmpdir(), "ironfly-e2e-"));
  const service = spawn(command(), ["serve", "--host", "127.0.0.1", "--port", "0", "--page", PAGE], {
    cwd: REPOSITORY,
    env: {
      IRONFLY_STORE: join(folder, "store"),
      ...process.env,
      IRONFLY_RESULTS: join(folder, "results.sqlite"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = async () => {
    await ended(service);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    process.env["IRONFLY_URL"] = await address(service);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

/** `IRONFLY`, else the command of the repository's environment, else the one on PATH. */
export function command(): string {
  const own = join(REPOSITORY, ".venv/bin/ironfly");
  return process.env["IRONFLY"] ?? (existsSync(own) ? own : "ironfly");
}

/** The address that the service prints when it listens. */
function address(service: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    const late = setTimeout(
      () => failed(new Error("`ironfly serve` did not print its address")),
      STARTS_WITHIN_MS,
    );
    let said = "";
    service.stdout?.on("data", (text: Buffer) => {
      said += text.toString();
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(late);
      found(url);
    });
    service.once("error", failed);
    service.once("exit", (code) => failed(new Error(`\`ironfly serve\` ended with ${code}`)));
  });
}

function ended(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.pid === undefined) return Promise.resolve();
  return new Promise((done) => {
    service.once("exit", () => done());
    service.kill("SIGINT");
  });
}
