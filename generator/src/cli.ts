/** Where the process begins, and ends with the command's exit code, as tools/command.ts does for outside tools. */
import { bugReport } from "./problems/bug-report.ts";
import module from "node:module";
import { compiledFolder } from "./cache/folder.ts";
import { main } from "./commands/main.ts";

module.enableCompileCache(compiledFolder);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(bugReport(error, process));
  process.exitCode = 70;
}
