/**
 * `$(NAME)` in a text of a container, which Kubernetes replaces by the variable where it is there; `$$` is an escape.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
const reference = /\$\$|\$\((?<name>[^()]+)\)/g;

/** Names a text refers to, each once. */
export const namesIn = (text: unknown) => namesBy(reference, text);

const inBraces = /\$\$|\$\{(?<name>[^{}]+)\}/g;

/** Names a text has in braces, as for a shell, each once. */
export const namesInBraces = (text: unknown) => namesBy(inBraces, text);

const forShell = /\$\$|\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)\}?/g;

/** Names a text has as a shell reads them, in braces or bare, each once. */
export const namesForShell = (text: unknown) => namesBy(forShell, text);

function namesBy(pattern: RegExp, text: unknown): string[] {
  if (typeof text !== "string") return [];
  const names = [...text.matchAll(pattern)].flatMap(({ groups }) => groups?.["name"] ?? []);
  return [...new Set(names)];
}

/**
 * In: variables of a container. Out: the same, of which none refers to one that refers to others: Kubernetes only knows those
 * that stand before, and the library has no other order than that of names. One of a circle stays as it is.
 */
export function withoutChains<T>(
  variables: Readonly<Record<string, T>>,
): Record<string, T | string> {
  const put = (text: string, into: readonly string[]): string =>
    text.replace(reference, (whole, name?: string) => {
      if (name === undefined || into.includes(name)) return whole;
      const value = variables[name];
      return typeof value === "string" && namesIn(value).length > 0
        ? put(value, [...into, name])
        : whole;
    });
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? put(value, [name]) : value,
    ]),
  );
}

/** The names on the way from one variable back to another; undefined where it does not lead there. */
export function wayBack(
  variables: Readonly<Record<string, unknown>>,
  from: string,
  to: string,
  passed: readonly string[] = [],
): readonly string[] | undefined {
  if (from === to) return passed;
  if (passed.includes(from)) return undefined;
  return namesIn(variables[from])
    .map((next) => wayBack(variables, next, to, [...passed, from]))
    .find((way) => way !== undefined);
}
