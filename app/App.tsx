import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { problemOf } from "./components/Notice";
import { router } from "./routes/router";

const RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A problem document is an answer; only a service that is not reached is asked again.
      retry: (failures, error) => problemOf(error).status === undefined && failures < RETRIES,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
