/**
 * A security rule, in the three places where it is asked: of what a service says, of a rendered pod, and by the
 * API server of the pod that is to be created. One table of pods runs through all three
 * (generator/test/security/).
 */
import type { Tree } from "../model/data.ts";
import type { ResolvedComponent, ResolvedService } from "../model/platform.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import type { Keys } from "../model/reading.ts";
import type { AuthoredContainer } from "../release/containers.ts";

/** Where a fact stands in the authored service. */
export type FactPath = readonly string[];

/** What breaks a rule in a rendered pod: words that follow the name of the container or pod, and where it is. */
export interface Found {
  readonly what: string;
  readonly path: Keys;
  /** The field is the pod's, and holds for each container that says nothing itself. */
  readonly ofPod?: true;
}

/** A rendered pod; `annotations` are those of its template. */
export interface PodTree {
  readonly spec: Tree;
  readonly annotations: Tree;
}

/** A component of a service whose pods RZP renders, or an operator for it. */
export interface DeclaredPod {
  readonly service: ResolvedService;
  readonly component: ResolvedComponent;
  readonly containers: readonly AuthoredContainer[];
}

interface Common {
  /**
   * The Pod Security level a namespace must have for a pod that breaks it; `restricted` where the standard
   * says nothing and RZP asks for it.
   */
  readonly needs: PodSecurityLevel;
  /** What holds where the rule is kept, as one sentence. */
  readonly says: string;
  /** How it is loosened, for whoever is refused. */
  readonly loosenedBy: string;
}

export interface PodRule extends Common {
  readonly of: "pod";
  /** Facts of the service that break it; none where it is kept. */
  readonly declared: (pod: DeclaredPod) => readonly FactPath[];
  readonly found: (pod: PodTree) => readonly Found[];
  /** CEL that is true where `object`, a Pod, keeps it. */
  readonly keeps: string;
}

export interface ContainerRule extends Common {
  readonly of: "container";
  readonly declared: (container: AuthoredContainer) => readonly FactPath[];
  readonly found: (container: Tree, pod: PodTree) => readonly Found[];
  /** CEL that is true where the container `c` of `object` keeps it. */
  readonly keeps: string;
  /** A container somebody adds for debugging keeps it too; it can have neither probes nor limits. */
  readonly debugging: boolean;
}

export type SecurityRule = PodRule | ContainerRule;

/** Nothing in a service's file can break it. */
export const never = (): readonly FactPath[] => [];

/** The `security` of a container, where it loosens this. */
export const loosened =
  (
    test: (
      value: NonNullable<AuthoredContainer["spec"]["security"]>["value"],
    ) => boolean | undefined,
  ) =>
  ({ spec, keys }: AuthoredContainer): readonly FactPath[] =>
    spec.security !== undefined && test(spec.security.value) === true
      ? [[...keys, "security"]]
      : [];

/** The same in any container of a pod. */
export const loosenedAnywhere =
  (test: Parameters<typeof loosened>[0]) =>
  ({ containers }: DeclaredPod): readonly FactPath[] =>
    containers.flatMap(loosened(test));
