/** Panels of lines. Columns are those of Vector's programs. */
import type { PanelTemplate } from "../dashboards.ts";

const rate = (where: string) =>
  `SELECT histogram(_timestamp) AS "time", count(*) AS "lines", level FROM "$stream"${where} GROUP BY "time", level ORDER BY "time"`;
const problems = (where: string, columns: string) =>
  `SELECT _timestamp AS "time", ${columns} FROM "$stream" WHERE ${where}level IN ('error', 'fatal') ORDER BY _timestamp DESC LIMIT 100`;

export const logPanels = {
  "lines-of-service": {
    title: "Lines by level",
    type: "bar",
    reads: [],
    queries: [
      {
        sql: rate(" WHERE service = '$service'"),
        stream: "$stream",
        x: ["time"],
        y: ["lines"],
        by: ["level"],
      },
    ],
  },
  "errors-of-service": {
    title: "Newest errors",
    type: "table",
    reads: [],
    queries: [
      {
        sql: problems("service = '$service' AND ", "pod, message"),
        stream: "$stream",
        x: ["time", "pod", "message"],
        y: [],
      },
    ],
  },
  "lines-of-stream": {
    title: "Lines by level",
    type: "bar",
    reads: [],
    queries: [{ sql: rate(""), stream: "$stream", x: ["time"], y: ["lines"], by: ["level"] }],
  },
  "errors-of-stream": {
    title: "Newest errors",
    type: "table",
    reads: [],
    queries: [
      {
        sql: problems("", "namespace, pod, message"),
        stream: "$stream",
        x: ["time", "namespace", "pod", "message"],
        y: [],
      },
    ],
  },
} as const satisfies Readonly<Record<string, PanelTemplate>>;
