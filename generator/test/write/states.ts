/** The two states of the test repository. Every file says which state it is of, line by line. */
import { withMarker } from "../support/marked.ts";
import type { OutputFile } from "../../src/output/files.ts";

/** What a state of the repository renders: `size` services in "even" or "odd", one half of them in both. */
export function renderState(state: string, size: number): OutputFile[] {
  const offset = state === "even" ? 0 : size / 2;
  return Array.from({ length: size }, (_, index) => index + offset).flatMap((service) =>
    ["deployment", "service", "networkpolicy", state].map((kind) => ({
      path: `kubernetes/prod/service-${service}/${kind}.yaml`,
      content: withMarker(
        `charts/services/service-${service}/values.ts`,
        "#",
        bodyOf(state, service, kind),
      ),
    })),
  );
}

function bodyOf(state: string, service: number, kind: string): string {
  const isSame = kind === "service";
  const line = `${kind} ${service} ${isSame ? "" : state}\n`;
  return line.repeat(40 + ((service * 37) % 200));
}
