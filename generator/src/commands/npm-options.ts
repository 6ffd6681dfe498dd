/** Options that npm took for its own, because no `--` stood before them: the command would do something else without them. */

/** npm hands what it kept to the script as `npm_config_<option>`; a value that stood apart is `true` there. */
export interface KeptByNpm {
  readonly command: string;
  /** The name it takes, if it takes one. */
  readonly name: string | undefined;
  /** Options the command takes and was not given. */
  readonly options: readonly string[];
}

/** Out: a sentence with the right command; undefined when npm kept nothing the command takes. */
export function keptByNpm(
  { command, name, options }: KeptByNpm,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const kept = options.flatMap((option) => {
    const value = env[`npm_config_${option.replaceAll("-", "_")}`] ?? "";
    // Its cache folder is a setting of npm itself.
    if (value === "" || option === "no-cache") return [];
    if (value !== "true") return [{ option, text: `--${option} ${value}` }];
    return [{ option, text: switches.has(option) ? `--${option}` : `--${option} <${option}>` }];
  });
  if (kept.length === 0) return undefined;
  const call = ["npm run", command, ...(name === undefined ? [] : [name])].join(" ");
  return `npm kept ${kept.map(({ option }) => `--${option}`).join(", ")} for itself: write ${call} -- ${kept.map(({ text }) => text).join(" ")}`;
}

const switches = new Set(["check", "unconfirmed", "remove", "missing", "generate"]);
