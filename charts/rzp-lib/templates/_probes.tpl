{{/*
The probes of a container, as lines of the item it is in a pod's list.
Reads: root, key (path of the container), container: probes.{startup, readiness, liveness}, ports.
Call: {{- template "rzp-lib.probes" (dict "root" $ "key" $key "container" $container) }}
*/}}
{{- define "rzp-lib.probes" -}}
{{- $probes := .container.probes | default dict }}
{{- range $name := list "startup" "liveness" "readiness" }}
{{- with get $probes $name }}
{{- template "rzp-lib.probe.check" (dict "root" $.root "key" (printf "%s.probes.%s" $.key $name) "probe" . "ports" $.container.ports) }}
      {{ $name }}Probe:
        {{- template "rzp-lib.probe" . }}
{{- end }}
{{- end }}
{{- end }}

{{/*
One probe. Reads: the probe: http, tcp, grpc or exec; every, timeout, failures.
Call: {{- template "rzp-lib.probe" $probe }}
*/}}
{{- define "rzp-lib.probe" -}}
{{- with .http }}
        httpGet:
          path: {{ template "rzp-lib.word" .path }}
          port: {{ template "rzp-lib.probe.port" .port }}
          {{- if .https }}
          scheme: HTTPS
          {{- end }}
          {{- with .headers }}
          httpHeaders:
            {{- range $name, $value := . }}
            - name: {{ template "rzp-lib.word" $name }}
              value: {{ quote $value }}
            {{- end }}
          {{- end }}
{{- end }}
{{- with .tcp }}
        tcpSocket:
          port: {{ template "rzp-lib.probe.port" .port }}
{{- end }}
{{- with .grpc }}
        grpc:
          port: {{ int64 .port }}
          {{- with .service }}
          service: {{ quote . }}
          {{- end }}
{{- end }}
{{- with .exec }}
        exec:
          command:
            {{- range . }}
            - {{ template "rzp-lib.text" (dict "text" . "indent" 14) }}
            {{- end }}
{{- end }}
        periodSeconds: {{ int64 .every }}
        timeoutSeconds: {{ int64 .timeout }}
        failureThreshold: {{ int64 .failures }}
{{- end }}

{{/*
A port by its name, or by its number where another container of the pod declares it.
Reads: the port. Call: port: {{ template "rzp-lib.probe.port" .port }}
*/}}
{{- define "rzp-lib.probe.port" -}}
{{- if kindIs "string" . }}{{ template "rzp-lib.word" . }}{{ else }}{{ int64 . }}{{ end -}}
{{- end }}

{{/*
Refuses a probe that asks in no way or in two, or by name at a port the container does not have.
Reads: root, key, probe, ports (of the container).
Call: {{- template "rzp-lib.probe.check" (dict "root" $ "key" $key "probe" $probe "ports" $ports) }}
*/}}
{{- define "rzp-lib.probe.check" -}}
{{- $ways := list -}}
{{- range $way := list "http" "tcp" "grpc" "exec" -}}
{{- if get $.probe $way }}{{ $ways = append $ways $way }}{{ end -}}
{{- end -}}
{{- if ne (len $ways) 1 -}}
{{- template "rzp-lib.refuse" (dict "root" .root "key" .key "text" (printf "is exactly one of http, tcp, grpc, exec; here: %s." (join ", " $ways | default "none"))) -}}
{{- end -}}
{{- $ports := .ports | default dict -}}
{{- with or .probe.http .probe.tcp -}}
{{- if and (kindIs "string" .port) (not (get $ports .port)) -}}
{{- template "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.%s.port" $.key (first $ways)) "text" (printf "the container has no port %q; it has: %s." .port (keys $ports | sortAlpha | join ", " | default "none"))) -}}
{{- end -}}
{{- end -}}
{{- end }}
