/** `$(NAME)` in variables, command and args: a variable of the same container, or Kubernetes leaves the text as it is. */
import type { ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { nearest } from "../../problems/suggest.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import {
  namesForShell,
  namesIn,
  namesInBraces,
  wayBack,
} from "../../release/pods/variable-texts.ts";
import { containerKeys } from "../../release/entry-keys.ts";
import type { Site } from "../site.ts";

/** A name in capitals is what Kubernetes puts in, anything else may be meant for a program. */
const capitals = /^[A-Z_][A-Z0-9_]*$/;
/** `sh -c`, `bash -ec`: the word after it is a script, where `$(…)` is a command. */
const commandString = /^-[a-z]*c$/;
const shell = /(^|\/)(ba|da|a|fi|k|z)?sh$/;
/** `node -e`, `php -r`: the word after it is a script of a program that has `$` for something else. */
const otherScript = /^(-e|-r|--eval)$/;
/** `perl -ne`, `python3 -c`, `node -p`: the same, in words that other programs mean otherwise. */
const interpreter = /(^|\/)(bun|deno|lua|node|perl|php|python|ruby)[0-9.]*$/;
const scriptOption = /^(-[A-Za-z]*[ceEpr]|--print)$/;
/** `bash -o pipefail -c`, `python3 -W error -c`: the word after it is the option's own. */
const takesWord = /^([-+][oO]|-[IWXr]|--require|--import)$/;
/** Every container has these of its API server. */
const ofKubernetes = /^KUBERNETES_(SERVICE|PORT)/;

/** What a container has beside what is said for it. */
const ofEveryContainer: readonly string[] = ["HOME", "HOSTNAME", "PATH"];

/** Problems: VARIABLE_UNKNOWN, VARIABLE_IN_BRACES, VARIABLE_WITHOUT_SHELL. */
export function checkVariableReferences(
  site: Site,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  return [
    ...unknownReferences(site, component, container),
    ...bracedReferences(site, component, container),
    ...shellReferences(site, container),
  ];
}

/** The kubelet runs this command itself: unlike the main program's, no script of the image ever reads its words. */
function shellReferences({ report }: Site, { spec, keys }: AuthoredContainer): Problem[] {
  const { health } = spec;
  if (health === undefined || !("exec" in health)) return [];
  const { exec: words = [] } = health;
  const known = [...Object.keys(spec.env ?? {}), ...ofEveryContainer];
  return words.flatMap((word, index) => {
    const names = namesForShell(word).filter((name) => known.includes(name));
    if (names.length === 0 || isScript(words.slice(0, index))) return [];
    return [
      report("VARIABLE_WITHOUT_SHELL", [...keys, "health", "exec", index], {
        severity: "warning",
        message: `nothing puts \`${names.join("` and `")}\` in here: no shell reads this command`,
        found: JSON.stringify(word),
        expected: "a shell that reads it",
        fix: 'write exec: ["sh", "-c", "…"] with the command as one text',
      }),
    ];
  });
}

/** In: the words before it. Other programs have a `-c` too (`psql -c`), and a shell may come after another one (`timeout 5 sh -c`). */
function isScript(before: readonly string[]): boolean {
  const option = before.at(-1) ?? "";
  return (
    otherScript.test(option) ||
    (commandString.test(option) && hasOptionsAlone(before, shell)) ||
    (scriptOption.test(option) && hasOptionsAlone(before, interpreter))
  );
}

/** `python3 manage.py -c`: options behind a file are those of the script in it. */
function hasOptionsAlone(words: readonly string[], program: RegExp): boolean {
  const at = words.findLastIndex((word) => program.test(word));
  const between = words.slice(at + 1);
  return (
    at >= 0 &&
    between.every((word, index) => /^[-+]/.test(word) || takesWord.test(between[index - 1] ?? ""))
  );
}

/** A shell would read `${NAME}`, and Kubernetes does not. */
function bracedReferences(
  { release: { service }, report }: Site,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  const variables = container.spec.env ?? {};
  return Object.entries(variables).flatMap(([variable, value]) =>
    namesInBraces(value)
      .filter((found) => found !== variable && Object.hasOwn(variables, found))
      .map((found) =>
        report(
          "VARIABLE_IN_BRACES",
          containerKeys({ service, component }, container, "env", variable),
          {
            severity: "warning",
            message: `Kubernetes does not put \`${found}\` in here: it knows no braces`,
            found: `\${${found}}`,
            expected: `$(${found})`,
            fix: `write $(${found}), or $\${${found}} where the program should read \${${found}}`,
          },
        ),
      ),
  );
}

function unknownReferences(
  { release: { service }, report }: Site,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  const { spec, keys, name } = container;
  // Which secrets a folder of the store has is not known here.
  if (spec.envFrom !== undefined) return [];
  const names = Object.keys(spec.env ?? {});
  const what = name ?? (service.kind === "composed" ? component.name : service.name);
  /** In: a text, where it is, and the variable it is the value of. */
  const unknownIn = (text: unknown, place: Keys, own?: string) => {
    // A variable is not there yet for itself.
    const known = names.filter((other) => other !== own);
    return namesIn(text)
      .filter((found) => capitals.test(found))
      .filter((found) => !known.includes(found) && !ofKubernetes.test(found))
      .map((found) => {
        const near = nearest(found, known);
        const question = near === undefined ? "" : `, did you mean \`${near}\`?`;
        const fix = found === own ? "write the whole value" : `add ${found} to env`;
        return report("VARIABLE_UNKNOWN", place, {
          message:
            found === own
              ? `\`${found}\` cannot be put into itself`
              : `${what} has no variable \`${found}\` that could be put in here${question}`,
          found: `$(${found})`,
          expected: near === undefined ? "another variable of this container" : `$(${near})`,
          fix: `${near === undefined ? fix : `write $(${near})`}, or $$(${found}) where the program should read $(${found})`,
        });
      });
  };
  const inCircle = (own: string, place: Keys) =>
    circles(spec.env ?? {}, own).map((circle) =>
      report("VARIABLE_UNKNOWN", place, {
        message: `variables of ${what} are put into each other in a circle: ${circle}`,
        found: circle,
        expected: "variables that can be put in one after the other",
        fix: "write the whole value in one of them",
      }),
    );
  const command = spec.command ?? [];
  const words = [...command, ...(spec.args ?? [])];
  return [
    ...Object.entries(spec.env ?? {}).flatMap(([variable, value]) => {
      const place = containerKeys({ service, component }, container, "env", variable);
      return [...unknownIn(value, place, variable), ...inCircle(variable, place)];
    }),
    ...words.flatMap((word, index) => {
      const place = index < command.length ? ["command", index] : ["args", index - command.length];
      return commandString.test(words[index - 1] ?? "") ? [] : unknownIn(word, [...keys, ...place]);
    }),
  ];
}

/** Told once, at the first of them by name. */
function circles(variables: Readonly<Record<string, unknown>>, own: string): string[] {
  return namesIn(variables[own]).flatMap((next) => {
    const way = next === own ? undefined : wayBack(variables, next, own);
    return way?.every((name) => own < name) === true ? [[own, ...way, own].join(" → ")] : [];
  });
}
