/** A route while its parts are derived. */
import type { Route } from "../../model/connections.ts";
import type { Cause } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";

export interface RouteSite {
  readonly release: Release;
  readonly name: string;
  readonly route: Route;
  /** A fact of the route. */
  readonly fact: (...path: string[]) => Cause;
}
