import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Empty } from "../components/Notice";
import { healthOptions } from "../lib/api/@tanstack/react-query.gen";
import { useTheme } from "../state/theme";

const PLACES = [
  { to: "/", label: "Runs" },
  { to: "/runs/new", label: "New run" },
  { to: "/payoff", label: "Payoff" },
] as const;

/** What is around every page: name, places, version, theme. */
export function Shell() {
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:bg-panel focus:p-2">
        Skip to content
      </a>
      <header className="border-b border-rule bg-panel">
        <div className="mx-auto flex h-12 w-full max-w-360 items-center gap-4 px-3 sm:gap-6 sm:px-6">
          <Link to="/" className="text-base font-semibold tracking-tight">
            Ironfly
          </Link>
          <nav aria-label="Places" className="flex h-full items-stretch gap-3 sm:gap-4">
            {PLACES.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: true, includeSearch: false }}
                className="flex items-center border-b-2 border-transparent px-0.5 text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink"
              >
                {label}
              </Link>
            ))}
          </nav>
          <div className="ml-auto flex items-center gap-4">
            <Version />
            <ThemeButton />
          </div>
        </div>
      </header>
      <main
        id="content"
        className="mx-auto grid w-full max-w-360 flex-1 grid-cols-1 content-start gap-4 px-3 py-4 sm:px-6"
      >
        <Outlet />
      </main>
    </div>
  );
}

function Version() {
  const { data } = useQuery(healthOptions());
  return (
    <span className="hidden text-xs text-muted sm:inline">{data && `engine ${data.engine_version}`}</span>
  );
}

function ThemeButton() {
  const { theme, toggle } = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="button h-7 px-2 text-xs"
      onClick={toggle}
      aria-label={`Switch to the ${other} theme`}
    >
      {theme === "dark" ? "Light" : "Dark"}
    </button>
  );
}

export function NotFound() {
  return (
    <>
      <title>Not found · Ironfly</title>
      <h1 className="text-lg font-semibold">Not found</h1>
      <Empty title="There is no such page">
        <Link to="/" className="link">
          All runs
        </Link>
      </Empty>
    </>
  );
}
