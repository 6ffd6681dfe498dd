/**
 * What dashboards show -> documents of OpenObserve (version 8). What all services have in common is written once, as
 * panels with `$names` in them; a dashboard says which panels it has, and what the names stand for.
 */
export interface Content {
  /** Folder of OpenObserve that holds these dashboards and no other. */
  readonly folder: string;
  /** Streams of logs, and for how many days each is kept. */
  readonly streams: readonly { readonly name: string; readonly days: number }[];
  readonly panels: Readonly<Record<string, Panel>>;
  readonly dashboards: readonly Dashboard[];
}

export interface Dashboard {
  readonly title: string;
  readonly about: string;
  /** Keys of panels, in reading order. */
  readonly panels: readonly string[];
  /** What `$names` in its panels stand for. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly title: string;
  readonly type: "line" | "bar" | "table";
  readonly unit?: "bytes" | "bps" | "percent-1" | "seconds" | "short";
  readonly queries: readonly (MetricQuery | LogQuery)[];
}

export interface MetricQuery {
  readonly promql: string;
  /** What a line is called: `{pod}`. */
  readonly legend: string;
  /** The metric it starts from: the stream in OpenObserve's words. */
  readonly metric: string;
}

export interface LogQuery {
  readonly sql: string;
  readonly stream: string;
  /** Columns by where they are drawn. */
  readonly x: readonly string[];
  readonly y: readonly string[];
  readonly by?: readonly string[];
}

/** A document as OpenObserve takes it, without what it adds itself. */
export interface Document {
  readonly version: 8;
  readonly title: string;
  readonly description: string;
  readonly tabs: readonly {
    readonly tabId: string;
    readonly name: string;
    readonly panels: readonly unknown[];
  }[];
}

/** OpenObserve's grid is this wide. */
const gridWidth = 192;
const columns = 2;
const height = 18;

/** In: all content. Out: one document a dashboard, in their order; throws where a panel is not there. */
export function documents(content: Content): Document[] {
  return content.dashboards.map(({ title, about, panels, names }) => ({
    version: 8,
    title,
    description: about,
    tabs: [
      {
        tabId: "default",
        name: "Default",
        panels: panels.map((key, index) => panelDocument(key, index, filled(content, key, names))),
      },
    ],
  }));
}

/** A panel with its names filled in. */
function filled({ panels }: Content, key: string, names: Dashboard["names"]): Panel {
  const panel = panels[key];
  if (panel === undefined) throw new Error(`there is no panel ${key}`);
  const fill = (text: string) =>
    text.replace(/\$([a-z]+)/g, (all, name: string) => names[name] ?? all);
  return {
    ...panel,
    queries: panel.queries.map((query) =>
      "promql" in query
        ? { ...query, promql: fill(query.promql) }
        : { ...query, sql: fill(query.sql), stream: fill(query.stream) },
    ),
  };
}

function panelDocument(key: string, index: number, { title, type, unit, queries }: Panel) {
  return {
    id: `Panel_${key.replaceAll("-", "_")}`,
    type,
    title,
    description: "",
    config: {
      show_legends: true,
      legends_position: null,
      unit: unit ?? "short",
      unit_custom: null,
      decimals: 2,
      connect_nulls: false,
      base_map: null,
      map_view: null,
    },
    queryType: queries.some((query) => "promql" in query) ? "promql" : "sql",
    queries: queries.map(queryDocument),
    layout: {
      x: (index % columns) * (gridWidth / columns),
      y: Math.floor(index / columns) * height,
      w: gridWidth / columns,
      h: height,
      i: index + 1,
    },
  };
}

function queryDocument(query: MetricQuery | LogQuery) {
  const isMetric = "promql" in query;
  const axis = (names: readonly string[]) =>
    names.map((name) => ({ label: name, alias: name, column: name, color: null }));
  return {
    query: isMetric ? query.promql : query.sql,
    vrlFunctionQuery: "",
    customQuery: true,
    fields: {
      stream: isMetric ? query.metric : query.stream,
      stream_type: isMetric ? "metrics" : "logs",
      x: isMetric ? [] : axis(query.x),
      y: isMetric ? [] : axis(query.y),
      z: [],
      breakdown: isMetric ? [] : axis(query.by ?? []),
      filter: { filterType: "group", logicalOperator: "AND", conditions: [] },
    },
    config: {
      promql_legend: isMetric ? query.legend : "",
      layer_type: "scatter",
      weight_fixed: 1,
      limit: 0,
      min: 0,
      max: 100,
      time_shift: [],
    },
  };
}
