// How the commands are started. Plain JavaScript, as Node compiles the types away of what is loaded before its
// compiled code is asked for: that alone would cost every command a tenth of a second.
import "./loader.js";

await import("./src/cli.ts");
