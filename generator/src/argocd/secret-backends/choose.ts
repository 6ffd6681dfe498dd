/** The backend an environment says it has. */
import type { EnvironmentFacts } from "../../model/platform.ts";
import type { SecretBackend } from "./backend.ts";
import { fake } from "./fake.ts";
import { infisical } from "./infisical.ts";

export function backendOf(facts: EnvironmentFacts): SecretBackend {
  const { secrets } = facts.environment;
  switch (secrets.backend) {
    case "fake":
      return fake(facts, secrets);
    case "infisical":
      return infisical(facts, secrets);
  }
}

/** Whether a person puts values there, and so leaves some behind. */
export const isStore = ({ backend }: EnvironmentFacts["environment"]["secrets"]): boolean =>
  backend !== "fake";
