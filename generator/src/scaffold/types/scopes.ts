/**
 * What the printer cannot read from the model. In its `ts` texts these letters stand for names only
 * the compiler knows: `P` own ports as an object, `N` their names, `V` names of volumes, `C`
 * components as an object, `S` volumes as an object, `T` targets of routes, `E` own peers; in
 * overlays, whose names come from the registry, also `R` names of routes, `X` names of exposures.
 */
export const letters = ["P", "N", "V", "C", "S", "T", "E", "R", "X"] as const;
export type Letter = (typeof letters)[number];

/** Letters that stand for names; the others are objects. */
export const nameLetters: ReadonlySet<Letter> = new Set<Letter>(["N", "V", "T", "R", "X"]);

/** A type that knows names itself. All others take the letters they need as parameters. */
export interface Scope {
  readonly parameters: readonly Letter[];
  /** What the other letters are inside. */
  readonly bound: Partial<Record<Letter, string>>;
  /**
   * Fields whose keys are the names. They get an interface of their own, from which alone the
   * compiler infers: from a shape with a required field misspelt it infers nothing, and would point
   * at every use of a name instead of at that field.
   */
  readonly inferred?: readonly string[];
}

/** By the id of a schema. */
export const scopes: Readonly<Record<string, Scope>> = {
  Component: { parameters: ["P", "V", "E"], bound: { N: "Names<P>" }, inferred: ["ports"] },
  ChartComponent: { parameters: ["P", "E"], bound: { N: "Names<P>" }, inferred: ["ports"] },
  ServiceSpec: {
    parameters: ["P", "S"],
    bound: { N: "Names<P>", V: "Names<S>", T: "Names<P>", E: "{}" },
    inferred: ["ports", "storage"],
  },
  ComposedServiceSpec: {
    parameters: ["C", "S"],
    bound: { V: "Names<S>", T: "Targets<C>", E: "Peers<C>" },
    inferred: ["components", "storage"],
  },
  ChartSpec: {
    parameters: ["C"],
    bound: { T: "Targets<C>", E: "Peers<C>" },
    inferred: ["components"],
  },
  ServiceOverlay: { parameters: ["N", "S", "R", "X"], bound: { V: "Names<S>", T: "N", E: "{}" } },
  ComposedServiceOverlay: {
    parameters: ["C", "S", "R", "X"],
    bound: { V: "Names<S>", T: "TargetsByName<C>", E: "PeersByName<C>" },
  },
  ChartOverlay: {
    parameters: ["C", "R", "X"],
    bound: { T: "TargetsByName<C>", E: "PeersByName<C>" },
  },
};

/**
 * Fields the functions set that make such a value (`state({ … })`, `schedule("…", { … })`). What is
 * left gets an interface of its own, `StateVolumeOptions`: hover is mute on fields of `Omit<…>`.
 */
export const setByFunction: Readonly<Record<string, readonly string[]>> = {
  StateVolume: ["holds"],
  DatabaseVolume: ["holds"],
  CacheVolume: ["holds"],
  ShareVolume: ["holds", "share"],
  ScratchVolume: ["holds"],
  HostVolume: ["holds", "path"],
  TokenVolume: ["holds"],
  LogPipeline: ["writes"],
  RunsStatefulSet: ["as"],
  RunsSchedule: ["as", "cron"],
  RunsJob: ["as"],
  RunsPostgresCluster: ["as"],
};
