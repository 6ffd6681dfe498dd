{{/*
What ServiceMonitors and PodMonitors share: how one port is read.
Reads: port, monitor.{path, params, interval, tls.{host, ca, unverified}, token, keepLabels}.
Call: {{- include "rzp-lib.monitor.endpoint" (dict "port" . "monitor" $monitor) | nindent 4 }}
*/}}
{{- define "rzp-lib.monitor.endpoint" -}}
- port: {{ template "rzp-lib.word" .port }}
  path: {{ template "rzp-lib.word" .monitor.path }}
  {{- with .monitor.params }}
  params:
    {{- range $name, $values := . }}
    {{ quote $name }}:
      {{- range $values }}
      - {{ quote . }}
      {{- end }}
    {{- end }}
  {{- end }}
  interval: {{ .monitor.interval }}
  {{- with .monitor.tls }}
  scheme: https
  tlsConfig:
    {{- if .unverified }}
    insecureSkipVerify: true
    {{- else }}
    serverName: {{ quote .host }}
    {{- with .ca }}
    ca:
      secret:
        name: {{ template "rzp-lib.word" .secret }}
        key: {{ template "rzp-lib.word" .key }}
    {{- end }}
    {{- end }}
  {{- end }}
  {{- with .monitor.token }}
  authorization:
    credentials:
      name: {{ template "rzp-lib.word" .secret }}
      key: {{ template "rzp-lib.word" .key }}
  {{- end }}
  {{- if .monitor.keepLabels }}
  honorLabels: true
  {{- end }}
{{- end }}
