import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { newRunSearch, payoffSearch, runSearch, runsSearch } from "../lib/search";
import { NotFound, Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const runs = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (search) => runsSearch.parse(search),
  component: lazyRouteComponent(() => import("./RunsPage"), "RunsPage"),
});

const newRun = createRoute({
  getParentRoute: () => root,
  path: "/runs/new",
  validateSearch: (search) => newRunSearch.parse(search),
  component: lazyRouteComponent(() => import("./NewRunPage"), "NewRunPage"),
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$id",
  validateSearch: (search) => runSearch.parse(search),
  component: lazyRouteComponent(() => import("./RunPage"), "RunPage"),
});

const payoff = createRoute({
  getParentRoute: () => root,
  path: "/payoff",
  validateSearch: (search) => payoffSearch.parse(search),
  component: lazyRouteComponent(() => import("./PayoffPage"), "PayoffPage"),
});

export const router = createRouter({ routeTree: root.addChildren([runs, newRun, run, payoff]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
