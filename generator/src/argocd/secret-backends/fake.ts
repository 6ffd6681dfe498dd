/** External Secrets' fake provider: the store itself holds a throw-away value for every path, so nobody needs an account. */
import { createHash } from "node:crypto";
import type { NeededSecret } from "../../release/secrets/needed.ts";
import type { MakeBackend } from "./backend.ts";

export const fake: MakeBackend<"fake"> = () => ({
  provider: (_tier, secrets) => ({
    fake: { data: secrets.map((secret) => ({ key: secret.path, value: throwAway(secret) })) },
  }),
  identities: () => [],
  byHand: () => ["# Secrets are throw-away values: nothing else is needed."],
  tool: undefined,
});

/** Made of the path alone, so that it is the same in every run; of the form a program may insist on. */
function throwAway({ kind, path, form }: NeededSecret): string {
  if (kind === "registry") return '{"auths":{}}';
  if (form?.of === "hex")
    return createHash("sha512").update(path).digest("hex").slice(0, form.length);
  const value = `throw-away${path.replaceAll("/", "-")}`;
  // Lower case and `-` are there already; with these it has every kind of character, as a fresh password does.
  return form === undefined ? value : `${value}-A1`.padEnd(form.length, "1");
}
