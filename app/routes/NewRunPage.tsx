import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { Empty, Loading, ProblemNotice, problemOf } from "../components/Notice";
import { Panel } from "../components/Panel";
import { RunForm } from "../components/RunForm";
import {
  listBacktestsQueryKey,
  listExamplesOptions,
  submitBacktestMutation,
} from "../lib/api/@tanstack/react-query.gen";
import type { Example, RunConfig } from "../lib/api/types.gen";

const route = getRouteApi("/runs/new");

/** Starts a run of an example with changed parameters. */
export function NewRunPage() {
  const { example: chosen } = route.useSearch();
  const {
    data: examples,
    error,
    refetch,
  } = useQuery({ ...listExamplesOptions(), staleTime: Number.POSITIVE_INFINITY });
  const example = examples?.find(({ name }) => name === chosen) ?? examples?.[0];
  return (
    <>
      <title>New run · Ironfly</title>
      <h1 className="text-lg font-semibold">New run</h1>
      {error ? (
        <Panel title="Examples">
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        </Panel>
      ) : examples === undefined ? (
        <Loading what="examples" lines={8} />
      ) : example === undefined ? (
        <Panel title="Examples">
          <Empty title="The service has no examples">Runs can be started with `ironfly run CONFIG`.</Empty>
        </Panel>
      ) : (
        <>
          <ExampleChoice examples={examples} example={example} />
          <Submission key={example.name} example={example} />
        </>
      )}
    </>
  );
}

function ExampleChoice({
  examples,
  example,
}: {
  readonly examples: readonly Example[];
  readonly example: Example;
}) {
  const navigate = route.useNavigate();
  return (
    <Panel title="Start from">
      <div className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[20rem_1fr]">
        <select
          aria-label="Example"
          className="control"
          value={example.name}
          onChange={(event) => void navigate({ search: { example: event.currentTarget.value } })}
        >
          {examples.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <div>
          <p className="font-medium">{example.title}</p>
          <p className="max-w-prose text-muted">{example.description}</p>
        </div>
      </div>
    </Panel>
  );
}

function Submission({ example }: { readonly example: Example }) {
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  // The same document sent twice, by a double click or after a lost answer, is one run.
  const attempt = useRef({ document: "", key: "" });
  const { mutate, error, isPending } = useMutation({
    ...submitBacktestMutation(),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: listBacktestsQueryKey() });
      await navigate({ to: "/runs/$id", params: { id } });
    },
  });
  const start = (configuration: RunConfig) => {
    const document = JSON.stringify(configuration);
    if (attempt.current.document !== document) attempt.current = { document, key: crypto.randomUUID() };
    mutate({ body: configuration, headers: { "idempotency-key": attempt.current.key } });
  };
  return (
    <>
      {error !== null && (
        <Panel title="The run was not started">
          <ProblemNotice error={error} />
        </Panel>
      )}
      <RunForm
        configuration={example.configuration}
        pending={isPending}
        problems={error === null ? [] : problemOf(error).errors}
        onSubmit={start}
      />
    </>
  );
}
