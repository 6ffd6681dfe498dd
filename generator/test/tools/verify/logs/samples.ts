/** Lines as programs write them, one kind each, and what must become of them. */
export interface Sample {
  readonly kind: string;
  readonly line: string;
  /** Columns it must have; undefined where it is dropped. */
  readonly becomes: Readonly<Record<string, unknown>> | undefined;
}

export const samples: readonly Sample[] = [
  {
    kind: "JSON with level and msg",
    line: '{"level":"error","ts":1763,"msg":"cannot connect","peer":"10.0.0.1"}',
    becomes: {
      level: "error",
      message: "cannot connect",
      fields: '{"level":"error","peer":"10.0.0.1","ts":1763}',
    },
  },
  {
    kind: "JSON with a level by number",
    line: '{"level":40,"time":1,"msg":"slow answer"}',
    becomes: { level: "warn", message: "slow answer" },
  },
  {
    kind: "JSON with a level of syslog, where 3 is an error and 7 is none",
    line: '{"level":3,"msg":"disk is gone"}',
    becomes: { level: "unknown", message: "disk is gone" },
  },
  {
    kind: "JSON in the Elastic Common Schema",
    line: '{"@timestamp":"2026-01-01T00:00:00Z","log.level":"INFO","message":"ready"}',
    becomes: { level: "info", message: "ready" },
  },
  {
    kind: "PostgreSQL inside CloudNativePG",
    line: '{"level":"info","logger":"postgres","msg":"record","record":{"error_severity":"FATAL","message":"the database system is starting up"}}',
    becomes: { level: "fatal", message: "the database system is starting up" },
  },
  {
    kind: "JSON cut off",
    line: '{"level":"error","msg":"cut of',
    becomes: { level: "unknown", message: '{"level":"error","msg":"cut of', fields: null },
  },
  {
    kind: "JSON that is no object",
    line: "[1, 2]",
    becomes: { level: "unknown", message: "[1, 2]", fields: null },
  },
  {
    kind: "klog",
    line: 'W1125 10:11:12.123456       1 reflector.go:569] "Failed to list" err="forbidden"',
    becomes: {
      level: "warn",
      message: '"Failed to list" err="forbidden"',
      fields: '{"caller":"reflector.go"}',
    },
  },
  {
    kind: "logfmt",
    line: 'time="2026-11-25T10:00:00Z" level=warning msg="volume nearly full" volume=data',
    becomes: { level: "warn", message: "volume nearly full" },
  },
  {
    kind: "Servarr",
    line: "[Info] RssSyncService: Starting RSS Sync",
    becomes: { level: "info", message: "[Info] RssSyncService: Starting RSS Sync", fields: null },
  },
  {
    kind: "Python",
    line: "2026-11-25 10:00:00.000 ERROR (MainThread) [homeassistant.core] Error doing job",
    becomes: { level: "error" },
  },
  {
    kind: "PostgreSQL",
    line: "2026-11-25 10:00:00.000 UTC [71] LOG:  checkpoint complete",
    becomes: { level: "info" },
  },
  {
    kind: "colours",
    line: "\u001b[32m2026-11-25 10:00:00\u001b[0m \u001b[1mWARN\u001b[0m disk is slow",
    becomes: { level: "warn", message: "2026-11-25 10:00:00 WARN disk is slow" },
  },
  {
    kind: "plain text with a level's name in its prose",
    line: "The worker that was started yesterday evening reports no ERROR at all",
    becomes: { level: "unknown" },
  },
  {
    kind: "plain text",
    line: "Now listening on port 8080",
    becomes: { level: "unknown", message: "Now listening on port 8080", status: null },
  },
  {
    kind: "access log, combined",
    line: '10.0.0.7 - - [25/Nov/2026:10:00:00 +0000] "GET /web/index.html?token=abcdef HTTP/1.1" 404 153 "-" "Mozilla/5.0"',
    becomes: {
      status: 404,
      method: "GET",
      path: "/web/index.html?token=***",
      agent: "Mozilla/5.0",
    },
  },
  {
    kind: "access log, common",
    line: '10.0.0.7 - anna [25/Nov/2026:10:00:00 +0000] "POST /api/items HTTP/1.1" 201 12',
    becomes: { status: 201, method: "POST", path: "/api/items" },
  },
  {
    kind: "access log, Envoy",
    line: '{"method":"GET","x-envoy-origin-path":"/photos","response_code":503,"user-agent":"curl/8"}',
    becomes: { status: 503, method: "GET", path: "/photos", agent: "curl/8" },
  },
  {
    kind: "probe of the kubelet",
    line: '10.0.0.1 - - [25/Nov/2026:10:00:00 +0000] "GET /ping HTTP/1.1" 200 2 "-" "kube-probe/1.35"',
    becomes: undefined,
  },
  {
    kind: "probe of the kubelet, as JSON",
    line: '{"method":"GET","path":"/healthz","status":200,"user_agent":"kube-probe/1.35"}',
    becomes: undefined,
  },
  {
    kind: "probe of the blackbox exporter",
    line: '10.0.0.1 - - [25/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 2 "-" "Blackbox Exporter/0.27.0"',
    becomes: undefined,
  },
  {
    kind: "scrape by Prometheus",
    line: '10.0.0.1 - - [25/Nov/2026:10:00:00 +0000] "GET /metrics HTTP/1.1" 200 2 "-" "Prometheus/3.5.0"',
    becomes: undefined,
  },
  {
    kind: "probe that failed",
    line: '10.0.0.1 - - [25/Nov/2026:10:00:00 +0000] "GET /ping HTTP/1.1" 503 2 "-" "kube-probe/1.35"',
    becomes: { status: 503, agent: "kube-probe/1.35" },
  },
  {
    kind: "a person who asks for the page that probes ask for",
    line: '10.0.0.7 - - [25/Nov/2026:10:00:00 +0000] "GET /ping HTTP/1.1" 200 2 "-" "Mozilla/5.0"',
    becomes: { status: 200, path: "/ping" },
  },
  {
    kind: "a text that speaks of probes",
    line: "kube-probe/1.35 asked for 200 pages",
    becomes: { message: "kube-probe/1.35 asked for 200 pages" },
  },
  { kind: "empty", line: "   ", becomes: undefined },
  {
    kind: "a credential in a header",
    line: "sent Authorization: Bearer abc.def-ghi to http://x/y?apikey=0123456789",
    becomes: { message: "sent Authorization: Bearer *** to http://x/y?apikey=***" },
  },
  {
    kind: "a credential in JSON",
    line: '{"level":"info","msg":"call","url":"http://x/?access_token=abcdef"}',
    becomes: {
      message: "call",
      fields: '{"level":"info","url":"http://x/?access_token=***"}',
    },
  },
  {
    kind: "a credential whose name has more words",
    line: "POST /oauth?grant_type=refresh_token&refresh_token=abc.def&client_secret=x1 failed",
    becomes: {
      message: "POST /oauth?grant_type=refresh_token&refresh_token=***&client_secret=*** failed",
    },
  },
  {
    kind: "a credential in quotes",
    line: `connect user=anna password="open \\" sesame" token='a b' host=db SMTP_PASS=x`,
    becomes: { message: `connect user=anna password="***" token='***' host=db SMTP_PASS=***` },
  },
  {
    kind: "credentials by keys of JSON",
    line: '{"msg":"login","password":"a \\" b","user":"anna","oauth":{"access_token": "x,y","expires":3600},"apiKey" : "k"}',
    becomes: {
      message: "login",
      fields:
        '{"apiKey":"***","oauth":{"access_token":"***","expires":3600},"password":"***","user":"anna"}',
    },
  },
  {
    kind: "credentials by keys of JSON inside JSON",
    line: '{"msg":"answer","body":"{\\"refresh_token\\":\\"a\\\\\\"b\\",\\"n\\":1}","form":"password=abc\\\\d\\"e"}',
    becomes: {
      message: "answer",
      fields: '{"body":"{\\"refresh_token\\":\\"***\\",\\"n\\":1}","form":"password=***\\"e"}',
    },
  },
  {
    kind: "credentials by keys of JSON in a text",
    line: `2026-11-25 WARN answer {"access_token": "abc", "scope": "all"} and {'password': 'x'}`,
    becomes: {
      level: "warn",
      message: `2026-11-25 WARN answer {"access_token": "***", "scope": "all"} and {'password': '***'}`,
    },
  },
  {
    kind: "a credential in JSON that is cut off",
    line: '{"level":"error","password":"hunter2 and',
    becomes: { message: '{"level":"error","password":"***', fields: null },
  },
  {
    kind: "a password in an address",
    line: "cannot reach postgres://sonarr:p@ss:w0rd@db:5432/main?application=a@b, then redis://:x@valkey",
    becomes: {
      message:
        "cannot reach postgres://sonarr:***@db:5432/main?application=a@b, then redis://:***@valkey",
    },
  },
  {
    kind: "a password in an address in JSON",
    line: '{"msg":"dial","dsn":"amqp://a:b%40c@mq/x","next":"c@d"}',
    becomes: { message: "dial", fields: '{"dsn":"amqp://a:***@mq/x","next":"c@d"}' },
  },
  {
    kind: "credentials in headers as programs print them",
    line: `headers map[X-Api-Key:[0f1e2d] Accept:[text]] {"Authorization":["Basic YTpi"],"X-Plex-Token":["t-1"]}`,
    becomes: {
      message: `headers map[X-Api-Key:[***] Accept:[text]] {"Authorization":["Basic ***"],"X-Plex-Token":["***"]}`,
    },
  },
  {
    kind: "words of credentials that are none",
    line: 'Unexpected token: "}" at http://x:8080/a@b?max_tokens=100, {"tokens":3,"password":null}, X-Api-Key header is missing',
    becomes: {
      message:
        'Unexpected token: "}" at http://x:8080/a@b?max_tokens=100, {"tokens":3,"password":null}, X-Api-Key header is missing',
    },
  },
];
