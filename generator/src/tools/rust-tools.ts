/** The tools that are built from Rust crates. Versions are not written here: Cargo.toml and Cargo.lock below `tools/` are their home. */
export interface RustTool {
  /** The folder under `tools/` whose Cargo.lock pins the tool. */
  readonly crate: string;
  /** What it is for, for `npm run tools -- --help`. */
  readonly purpose: string;
}

export const rustTools = {
  vrl: {
    crate: "vrl",
    purpose: "compiles and runs Vector's programs (VRL) on sample lines",
  },
} as const satisfies Record<string, RustTool>;

export type RustToolName = keyof typeof rustTools;
