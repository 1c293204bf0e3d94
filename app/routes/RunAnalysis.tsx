import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { BenchmarkPanel } from "../components/BenchmarkPanel";
import { CausesTable } from "../components/CausesTable";
import { FallsTable } from "../components/FallsTable";
import { GroupsTable } from "../components/GroupsTable";
import { MonthlyTable } from "../components/MonthlyTable";
import { Empty } from "../components/Notice";
import { Panel } from "../components/Panel";
import { Sensitivity } from "../components/Sensitivity";
import type { Groups, Summary } from "../lib/api/types.gen";
import { percent, words } from "../lib/format";

const route = getRouteApi("/runs/$id");

/** The curve by the calendar, in its falls, and beside a benchmark. */
export function CurveAnalysis({ summary }: { readonly summary: Summary }) {
  const { periods, drawdown, benchmark, regimes } = summary;
  return (
    <>
      <Panel title="Returns by month">
        <MonthlyTable periods={periods} />
      </Panel>
      <SideBySide>
        <Panel title="Deepest drawdowns">
          <FallsTable drawdown={drawdown} />
        </Panel>
        <Panel title="Benchmark">
          {benchmark === null ? (
            <Empty title="No benchmark">
              The run has fewer than two values of one. Name it with <code>benchmark</code> in the
              configuration.
            </Empty>
          ) : (
            <BenchmarkPanel benchmark={benchmark} regimes={regimes} />
          )}
        </Panel>
      </SideBySide>
    </>
  );
}

/** Where the profit came from, and what it would have been at other fills. */
export function ProfitAnalysis({ summary }: { readonly summary: Summary }) {
  const { attribution } = summary;
  return (
    <SideBySide>
      <Panel title="Where the profit came from" aside={<Unexplained attribution={attribution} />}>
        <div className="px-2 py-2">
          <CausesTable causes={attribution.causes} />
        </div>
      </Panel>
      <Panel title="At other fills">
        <Sensitivity {...summary} />
      </Panel>
    </SideBySide>
  );
}

function SideBySide({ children }: { readonly children: ReactNode }) {
  return <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">{children}</div>;
}

function Unexplained({ attribution }: { readonly attribution: Summary["attribution"] }) {
  const share = attribution.daily.unexplained_fraction;
  return share === null ? null : (
    <span className="text-muted">{percent(share, 1)} of daily moves unexplained</span>
  );
}

/** The same trades by one question after the other; the question stands in the address. */
export function TradeGroups({ groups }: { readonly groups: Groups }) {
  const { by = "structure" } = route.useSearch();
  const navigate = route.useNavigate();
  const questions = Object.keys(groups) as (keyof Groups)[];
  const chosen = questions.find((question) => question === by) ?? "structure";
  return (
    <Panel
      title="Trades by"
      aside={
        <select
          aria-label="Group trades by"
          className="control"
          value={chosen}
          onChange={({ target }) =>
            void navigate({ search: (search) => ({ ...search, by: target.value }), resetScroll: false })
          }
        >
          {questions.map((question) => (
            <option key={question} value={question}>
              {words(question)}
            </option>
          ))}
        </select>
      }
    >
      <GroupsTable groups={groups} by={chosen} />
    </Panel>
  );
}
