/** Asks Proxmox VE. It changes nothing: what is made, the provider makes. */
import { request } from "node:https";
import type { Machines } from "../../../generator/src/model/machines.ts";

export interface ProxmoxApi {
  /** In: a path below `/api2/json`. Out: the `data` of the answer. Throws Refused and Unreachable. */
  get(path: string): Promise<unknown>;
}

/** Proxmox VE said no; it does so in the status line. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nothing answered, or something whose certificate is not trusted. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Who does not answer a question by then is not there. */
const patienceMs = 5_000;

/** In: where it answers and whether its certificate is verified; a token. Out: a way to ask it. */
export function proxmoxApi(
  { endpoint, unverified }: Pick<Machines, "endpoint" | "unverified">,
  token: string,
): ProxmoxApi {
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        const asked = request(
          `${endpoint}/api2/json${path}`,
          {
            headers: { authorization: `PVEAPIToken=${token}` },
            rejectUnauthorized: unverified === undefined,
            timeout: patienceMs,
          },
          (answer) => {
            const parts: Buffer[] = [];
            answer.on("data", (part: Buffer) => parts.push(part));
            answer.on("end", () => {
              const { statusCode = 0, statusMessage = "" } = answer;
              if (statusCode !== 200) return reject(new Refused(statusCode, statusMessage));
              const data = dataOf(Buffer.concat(parts).toString("utf8"));
              return data === undefined
                ? reject(new Unreachable("NOT_JSON", "what answers there is not Proxmox VE"))
                : resolve(data);
            });
            answer.on("error", (error: NodeJS.ErrnoException) =>
              reject(new Unreachable(error.code ?? "", error.message)),
            );
          },
        );
        asked.on("timeout", () => asked.destroy(new Unreachable("ETIMEDOUT", "no answer")));
        asked.on("error", (error: NodeJS.ErrnoException) => {
          reject(
            error instanceof Unreachable ? error : new Unreachable(error.code ?? "", error.message),
          );
        });
        asked.end();
      }),
  };
}

/** Undefined where it is no answer of Proxmox VE. */
function dataOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { data: unknown }).data ?? null;
  } catch {
    return undefined;
  }
}
