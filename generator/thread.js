// How threads of the generator are started, as rzp.js starts the process: what is loaded before its compiled code is asked
// for has its types taken away anew, and the compiler for that takes a tenth of a second to start.
import { workerData } from "node:worker_threads";
import "./loader.js";

// Not awaited: Node would warn of what an authored file waits for in vain, with this place and not that of the file.
void import(workerData.program);
