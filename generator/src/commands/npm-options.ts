/** Options that npm took for its own, because no `--` stood before them: the command would do something else without them. */

/** npm hands what it kept to the script as `npm_config_<option>`; a value that stood apart is `true` there. */
export interface KeptByNpm {
  readonly command: string;
  /** The name it takes, if it takes one. */
  readonly name: string | undefined;
  /** What stands there beside the name: values of options that npm took. */
  readonly left: readonly string[];
  /** Options the command takes and was not given. */
  readonly options: readonly string[];
}

/** Out: a sentence with the right command; undefined when npm kept nothing the command takes. */
export function keptByNpm(
  { command, name, left, options }: KeptByNpm,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const kept = options.flatMap((option) => {
    const value = env[`npm_config_${option.replaceAll("-", "_")}`] ?? "";
    // Its cache folder is a setting of npm itself.
    if (value === "" || option === "no-cache") return [];
    if (value !== "true") return [{ option, text: `--${option} ${value}` }];
    if (switches.has(option)) return [{ option, text: `--${option}` }];
    return [{ option, text: `--${option} <${option}>` }];
  });
  if (kept.length === 0) return undefined;
  const open = kept.filter(({ text }) => text.endsWith(">"));
  const texts = kept.map(({ option, text }) =>
    open.length === 1 && left.length === 1 && text === open[0]?.text
      ? `--${option} ${left[0]}`
      : text,
  );
  const call = ["npm run", command, ...(name === undefined ? [] : [name])].join(" ");
  return `npm kept ${kept.map(({ option }) => `--${option}`).join(", ")} for itself: write ${call} -- ${texts.join(" ")}`;
}

const switches = new Set(["check", "unconfirmed", "coverage", "remove", "missing", "generate"]);
