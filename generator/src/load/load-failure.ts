/** Why an authored file could not be loaded, in words that say what to change: mostly its import line. */
import { nearest } from "../problems/suggest.ts";

export interface LoadFailure {
  readonly expected: string;
  readonly fix: string;
  /** What in the file's text the reason speaks of, where that is known: a module or a name. */
  readonly culprit?: string;
}

/** In: the reason as Node words it, the names `#rzp` has. Out: what to write instead. */
export function explainFailure(reason: string, names: readonly string[]): LoadFailure {
  for (const [pattern, explain] of explanations) {
    const found = pattern.exec(reason)?.[1];
    if (found !== undefined) return explain(found, names);
  }
  return {
    expected: "a file that exports one of the define functions' results as default",
    fix: "mend the line above; the file is run as it is, so what it imports and calls must work",
  };
}

const importLine = 'import { … } from "#rzp"';

const explanations: readonly (readonly [
  RegExp,
  (found: string, names: readonly string[]) => LoadFailure,
])[] = [
  [/^Package import specifier "([^"]+)" is not defined/, unknownModule],
  [/^Cannot find package '([^']+)'/, unknownModule],
  [/^Cannot find module '([^']+)'/, unknownFile],
  [/^The requested module '#rzp' does not provide an export named '([^']+)'/, unknownExport],
  [/^(\S+) is not defined$/, unknownName],
  [/^(\w+)\(\{ … \}\) takes fields in braces, not /, withoutBraces],
];

function unknownModule(found: string): LoadFailure {
  // `rzp` and `#rpz` are one slip away; what is longer is another package.
  const isMeant = nearest(found.replace(/^[#@]/, "").split("/")[0] ?? "", ["rzp"]) !== undefined;
  return {
    expected: importLine,
    fix:
      isMeant || /^[#@]?rzp\b/.test(found)
        ? `write "#rzp" instead of "${found}"`
        : `remove the import of "${found}": a file that describes needs nothing but "#rzp"`,
    culprit: found,
  };
}

function unknownFile(found: string): LoadFailure {
  return {
    expected: "an import of a file that is there",
    fix: `mend the path of the import, ending included, or create ${found}`,
    culprit: found.slice(found.lastIndexOf("/") + 1),
  };
}

function unknownExport(found: string, names: readonly string[]): LoadFailure {
  const near = nearest(found, names);
  return {
    expected: "a name that #rzp has",
    fix:
      near === undefined
        ? `remove \`${found}\` from the import`
        : `write \`${near}\` instead of \`${found}\``,
    culprit: found,
  };
}

function unknownName(found: string, names: readonly string[]): LoadFailure {
  const near = nearest(found, names);
  const fix = names.includes(found)
    ? `add \`${found}\` to the names of the line import { … } from "#rzp"`
    : near === undefined
      ? `define or import \`${found}\`, or write "${found}" if it is text`
      : `write \`${near}\` instead of \`${found}\`, and import it from "#rzp"`;
  return { expected: "a name that the file defines or imports", fix };
}

/** In: a function of `#rzp` (authoring/fields.ts). */
function withoutBraces(found: string): LoadFailure {
  return {
    expected: `${found}({ … }), with the names of its fields`,
    fix: 'write the value behind the name of its field, as in { size: "5Gi" }; the editor lists the names',
  };
}
