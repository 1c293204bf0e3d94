import { useMemo } from "react";
import { type FieldValues, get, type UseFormReturn, useForm } from "react-hook-form";
import type { FieldProblem, RunConfig } from "../lib/api/types.gen";
import { dotted } from "../lib/fieldPath";
import { Panel } from "./Panel";
import { fieldGroups, type LegFields, legFields, type RunField } from "./runFields";

interface RunFormProps {
  /** What the form starts from; what it does not show is sent as it stands here. */
  readonly configuration: RunConfig;
  readonly pending: boolean;
  /** What the service said is wrong; fields of the form show their own. */
  readonly problems: readonly FieldProblem[];
  readonly onSubmit: (configuration: RunConfig) => void;
}

type Form = UseFormReturn<FieldValues>;

/** A run configuration as a form. */
export function RunForm({ configuration, pending, problems, onSubmit }: RunFormProps) {
  const groups = useMemo(() => fieldGroups(configuration), [configuration]);
  const legs = useMemo(() => legFields(configuration), [configuration]);
  const form = useForm<FieldValues>({ defaultValues: configuration, mode: "onBlur" });
  const paths = [...groups, ...legs].flatMap(({ fields }) => fields.map(({ path }) => path));
  const said = Object.fromEntries(
    problems.map(({ field, problem }) => [placeOf(dotted(field), paths), problem]),
  );
  return (
    <form
      noValidate
      className="grid grid-cols-1 gap-4"
      onSubmit={form.handleSubmit((values) => onSubmit({ ...configuration, ...values }))}
    >
      <div
        className={`grid grid-cols-1 items-start gap-4 ${legs.length > 0 ? "xl:grid-cols-[3fr_2fr]" : ""}`}
      >
        <div className="grid grid-cols-1 gap-4">
          {groups.map(({ title, fields }) => (
            <Panel key={title} title={title}>
              <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-4 gap-y-3 px-4 py-3">
                {fields.map((field) => (
                  <LabelledField key={field.path} field={field} form={form} said={said[field.path]} />
                ))}
              </div>
            </Panel>
          ))}
        </div>
        {legs.length > 0 && (
          <Panel title="Legs, by delta">
            <LegsFieldset legs={legs} form={form} said={said} />
          </Panel>
        )}
      </div>
      <div className="flex items-center gap-4">
        <button type="submit" className="button button-primary" disabled={pending}>
          {pending ? "Starting" : "Start run"}
        </button>
        <button
          type="button"
          className="button"
          disabled={pending || !form.formState.isDirty}
          onClick={() => form.reset()}
        >
          Reset
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly field: RunField;
  readonly form: Form;
  /** What the service says of it. */
  readonly said: string | undefined;
}

function LabelledField({ field, form, said }: FieldProps) {
  const problem = problemOf(form, field) ?? said;
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={field.path} className="flex items-end justify-between gap-2 text-xs text-muted">
        <span>{field.label}</span>
        <span>{field.unit}</span>
      </label>
      <Input field={field} form={form} said={said} />
      {problem !== undefined && (
        <p id={`${field.path}-problem`} className="text-xs text-loss-ink">
          {problem}
        </p>
      )}
    </div>
  );
}

function Input({ field, form, said }: FieldProps) {
  const problem = problemOf(form, field) ?? said;
  return (
    <input
      id={field.path}
      type={field.input}
      step={field.input === "number" ? "any" : undefined}
      placeholder={field.optional ? "none" : undefined}
      aria-invalid={problem !== undefined}
      aria-describedby={problem === undefined ? undefined : `${field.path}-problem`}
      className={`control w-full ${field.input === "number" ? "number" : ""}`}
      {...form.register(field.path, {
        ...(field.input === "number" ? { setValueAs: numberOf } : {}),
        validate: (value: unknown) => checkOf(field, value),
      })}
    />
  );
}

/** The field that a problem belongs to: its own, or the first inside of the part that it speaks of. */
function placeOf(path: string, paths: readonly string[]): string {
  return paths.find((one) => one === path || one.startsWith(`${path}.`)) ?? path;
}

/** What was typed as a number; null for nothing. */
function numberOf(value: unknown): number | null {
  return value === "" || value === null || value === undefined ? null : Number(value);
}

function checkOf({ check, optional = false }: RunField, value: unknown): true | string {
  if (value === null && optional) return true;
  const found = check.safeParse(value);
  return found.success || (found.error.issues[0]?.message ?? "Not possible");
}

function problemOf(form: Form, { path }: RunField): string | undefined {
  const error: unknown = get(form.formState.errors, path);
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : undefined;
}

interface LegsFieldsetProps {
  readonly legs: readonly LegFields[];
  readonly form: Form;
  readonly said: Readonly<Record<string, string>>;
}

function LegsFieldset({ legs, form, said }: LegsFieldsetProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Deltas of the legs" tabIndex={0} className="relative overflow-x-auto px-2 pb-1">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">Leg</th>
            <th scope="col">Side</th>
            <th scope="col" className="number">
              Target
            </th>
            <th scope="col" className="number">
              At least
            </th>
            <th scope="col" className="number">
              At most
            </th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => (
            <tr key={leg.name}>
              <th scope="row">{leg.name}</th>
              <td className="text-muted">{leg.summary}</td>
              {leg.fields.map((field) => (
                <td key={field.path} className="number align-top">
                  <label className="sr-only" htmlFor={field.path}>
                    {field.label}
                  </label>
                  <div className="ml-auto w-18">
                    <Input field={field} form={form} said={said[field.path]} />
                  </div>
                  <LegProblem field={field} form={form} said={said[field.path]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LegProblem({ field, form, said }: FieldProps) {
  const problem = problemOf(form, field) ?? said;
  if (problem === undefined) return null;
  return (
    <p id={`${field.path}-problem`} className="text-xs whitespace-normal text-loss-ink">
      {problem}
    </p>
  );
}
