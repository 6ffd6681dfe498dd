/** Whose lines are read by nobody: of who carries lines, and of where they go. Each line sent would bring forth another. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { Endpoint, Release, ResolvedComponent } from "../../model/platform.ts";
import { containerFact } from "../causes.ts";
import { containersOf } from "../containers.ts";
import type { AuthoredContainer } from "../containers.ts";
import { connectionsTo } from "../offers/offers.ts";

interface Pipeline {
  readonly store: string;
  readonly container: AuthoredContainer;
  readonly path: string;
}

/** In: a release that carries lines. Out: the namespaces it leaves out, sorted. */
export function unreadNamespaces(
  release: Release,
  component: ResolvedComponent,
  store: string,
): string[] {
  const stores = connectionsTo(release, component, store).map(({ provider }) => provider.service);
  const namespaces = [release.service, ...stores].map(({ namespace }) => namespace);
  return [...new Set(namespaces)].toSorted();
}

/** In: any release. Out: the same seen from the other side: one value where nobody reads its lines, by the pipelines that leave it out. */
export function derivedUnread({ service, incoming }: Release): Derived<true>[] {
  const own = service.components.flatMap((component) =>
    causesOf({ service, component }, pipelinesOf(component)),
  );
  const others = incoming.flatMap(({ consumer }) =>
    causesOf(
      consumer,
      pipelinesOf(consumer.component).filter(({ store }) => store === service.name),
    ),
  );
  const causes = [...own, ...others];
  return causes.length === 0 ? [] : [{ value: true, rule: "lines-unread", causes }];
}

const causesOf = ({ service, component }: Endpoint, pipelines: readonly Pipeline[]): Cause[] =>
  pipelines.map(({ container, path }) =>
    containerFact(service, component, container, "files", path),
  );

const pipelinesOf = (component: ResolvedComponent): Pipeline[] =>
  containersOf(component).flatMap((container) =>
    Object.entries(container.spec.files ?? {}).flatMap(([path, file]) =>
      typeof file === "object" && "writes" in file && file.writes === "log-pipeline"
        ? [{ store: file.store, container, path }]
        : [],
    ),
  );
