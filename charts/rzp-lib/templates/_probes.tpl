{{/*
The probes of a container.
Reads: root, key (path of the container), container: probes.{startup, readiness, liveness}, ports.
Call: {{- with include "rzp-lib.probes" (dict "root" $ "key" $key "container" $container) }}{{ . | nindent 2 }}{{ end }}
*/}}
{{- define "rzp-lib.probes" -}}
{{- $probes := .container.probes | default dict -}}
{{- $printed := false -}}
{{- range $name := list "startup" "liveness" "readiness" -}}
{{- with get $probes $name -}}
{{- $key := printf "%s.probes.%s" $.key $name -}}
{{- include "rzp-lib.probe.check" (dict "root" $.root "key" $key "probe" . "ports" $.container.ports) -}}
{{- if $printed }}{{ print "\n" }}{{ end -}}
{{ $name }}Probe:
  {{- include "rzp-lib.probe" . | nindent 2 }}
{{- $printed = true -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
One probe. Reads: the probe: http, tcp, grpc or exec; every, timeout, failures.
Call: {{- include "rzp-lib.probe" $probe | nindent 2 }}
*/}}
{{- define "rzp-lib.probe" -}}
{{- with .http -}}
httpGet:
  path: {{ include "rzp-lib.word" .path }}
  port: {{ include "rzp-lib.probe.port" .port }}
  {{- if .https }}
  scheme: HTTPS
  {{- end }}
  {{- with .headers }}
  httpHeaders:
    {{- range $name, $value := . }}
    - name: {{ include "rzp-lib.word" $name }}
      value: {{ quote $value }}
    {{- end }}
  {{- end }}
{{- end }}
{{- with .tcp -}}
tcpSocket:
  port: {{ include "rzp-lib.probe.port" .port }}
{{- end }}
{{- with .grpc -}}
grpc:
  port: {{ int64 .port }}
  {{- with .service }}
  service: {{ quote . }}
  {{- end }}
{{- end }}
{{- with .exec -}}
exec:
  command:
    {{- range . }}
    - {{ include "rzp-lib.text" (dict "text" . "indent" 6) }}
    {{- end }}
{{- end }}
periodSeconds: {{ int64 .every }}
timeoutSeconds: {{ int64 .timeout }}
failureThreshold: {{ int64 .failures }}
{{- end }}

{{/*
A port by its name, or by its number where another container of the pod declares it.
Reads: the port. Call: port: {{ include "rzp-lib.probe.port" .port }}
*/}}
{{- define "rzp-lib.probe.port" -}}
{{- if kindIs "string" . }}{{ include "rzp-lib.word" . }}{{ else }}{{ int64 . }}{{ end -}}
{{- end }}

{{/*
Refuses a probe that asks in no way or in two, or by name at a port the container does not have.
Reads: root, key, probe, ports (of the container).
Call: {{- include "rzp-lib.probe.check" (dict "root" $ "key" $key "probe" $probe "ports" $ports) }}
*/}}
{{- define "rzp-lib.probe.check" -}}
{{- $ways := list -}}
{{- range $way := list "http" "tcp" "grpc" "exec" -}}
{{- if get $.probe $way }}{{ $ways = append $ways $way }}{{ end -}}
{{- end -}}
{{- if ne (len $ways) 1 -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" .key "text" (printf "is exactly one of http, tcp, grpc, exec; here: %s." (join ", " $ways | default "none"))) -}}
{{- end -}}
{{- $way := first $ways -}}
{{- if has $way (list "http" "tcp") -}}
{{- $port := (get .probe $way).port -}}
{{- $ports := keys (.ports | default dict) | sortAlpha -}}
{{- if and (kindIs "string" $port) (not (has $port $ports)) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.%s.port" .key $way) "text" (printf "the container has no port %q; it has: %s." $port (join ", " $ports | default "none"))) -}}
{{- end -}}
{{- end -}}
{{- end }}
