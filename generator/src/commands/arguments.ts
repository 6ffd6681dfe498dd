/** What was asked for on the command line. */
import { parseArgs } from "node:util";
import { nearest } from "../problems/suggest.ts";
import type { ProblemFormat } from "../problems/format.ts";

export const commands = ["render", "check", "list", "new-service", "remove", "vendor", "bootstrap", "types", "help"] as const;
type Command = (typeof commands)[number];

export interface Invocation {
  readonly command: Command;
  readonly names: readonly string[];
  readonly format: ProblemFormat;
  readonly check: boolean;
  readonly noCache: boolean;
  readonly unconfirmed: boolean;
  readonly environment: string | undefined;
  readonly image: string | undefined;
  readonly port: number | undefined;
  readonly to: string | undefined;
  readonly remove: boolean;
}

export const usage = `rzp: one typed file per service, everything else derived

  npm run render                          render all environments into kubernetes/; writes only what changed
  npm run render -- --check               exit 1 and a list when rendered files are out of date
  npm run check                           every mistake in the authored files, and every finding on what they render to
  npm run list                            services, tiers, environments, versions, ports, what each consumes
  npm run new-service <name>              add a service: known ones complete, others with -- --image <image> --port <port>
  npm run remove <service>                take a service out of the tree; lists the data that stays
  npm run vendor <service>                keep a copy of its upstream chart here, rendered and checked like the rest
  npm run bootstrap -- --environment prod prints the two commands that bring up Argo CD, once
  npm run types                           write the generated types and documentation

Options, after --:
  --format human|json|github|sarif        how problems are printed
  --environment <name>                    new-service: where it runs (dev unless said); list: only this one
  --to <folder>                           vendor: where the copy is kept (charts/vendor unless said)
  --remove                                vendor: no copy any more, Argo CD fetches the chart
  --no-cache                              render everything again
`;

/** In: arguments without node and script. Out: the invocation, or a sentence that says what is wrong. */
export function parseArguments(argv: readonly string[]): { invocation: Invocation } | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        check: { type: "boolean" },
        "no-cache": { type: "boolean" },
        unconfirmed: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        format: { type: "string" },
        environment: { type: "string" },
        image: { type: "string" },
        port: { type: "string" },
        to: { type: "string" },
        remove: { type: "boolean" },
      },
    });
    const [word = "help", ...names] = positionals;
    const command = values.help === true ? "help" : commands.find((candidate) => candidate === word);
    if (command === undefined) {
      const near = nearest(word, commands);
      return { problem: `There is no command \`${word}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}` };
    }
    const format = formats.find((candidate) => candidate === (values.format ?? "human"));
    if (format === undefined) return { problem: `--format is one of ${formats.join(", ")}, not \`${values.format}\`.` };
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) return { problem: `--port is a number from 1 to 65535, not \`${values.port}\`.` };
    return {
      invocation: {
        command, names, format, port,
        check: values.check ?? false,
        noCache: values["no-cache"] ?? false,
        unconfirmed: values.unconfirmed ?? false,
        environment: values.environment,
        image: values.image,
        to: values.to,
        remove: values.remove ?? false,
      },
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const formats: readonly ProblemFormat[] = ["human", "json", "github", "sarif"];
