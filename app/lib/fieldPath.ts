/** Paths into a configuration: `strategies[0].legs[1]` as the service writes them, with dots as forms do. */

export function dotted(path: string): string {
  return path.replaceAll(/\[(\d+)\]/g, ".$1").replace(/^\./, "");
}

/** What stands at a dotted path of a document; undefined where there is nothing. */
export function valueAtPath(document: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((part, name) => {
    return typeof part === "object" && part !== null ? (part as Record<string, unknown>)[name] : undefined;
  }, document);
}
