{{/*
What the five kinds of route share. Defaults inside lists are written out (group, kind, weight,
matches): Argo CD would show them as a difference.
*/}}

{{/*
Routes of one kind. Reads: root, kind. From values: routes.<name> of that kind.
Call: {{ template "rzp-lib.routes" (dict "root" . "kind" "TCPRoute") }}
*/}}
{{- define "rzp-lib.routes" -}}
{{- range $name, $route := .root.Values.service.routes }}
{{- if eq $route.kind $.kind }}
{{- template "rzp-lib.route.check" (dict "root" $.root "key" (printf "routes.%s" $name) "route" $route) }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: {{ $route.kind }}
{{ template "rzp-lib.metadata" (dict "root" $.root "kind" $route.kind "name" $name "annotations" $route.annotations) }}
spec:
  parentRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      namespace: {{ template "rzp-lib.word" $route.gateway.namespace }}
      name: {{ template "rzp-lib.word" $route.gateway.name }}
      {{- with $route.gateway.port }}
      port: {{ int64 . }}
      {{- end }}
  {{- with $route.hosts }}
  hostnames:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  rules:
    {{- range $route.rules }}
    {{- include "rzp-lib.route.rule" (dict "kind" $route.kind "rule" .) | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
One rule. Reads: kind, rule.{path, method, headers, rewrite, redirect, timeout, backend}.
Call: {{- include "rzp-lib.route.rule" (dict "kind" "HTTPRoute" "rule" $rule) | nindent 4 }}
*/}}
{{- define "rzp-lib.route.rule" -}}
{{- $blocks := list -}}
{{- if eq .kind "HTTPRoute" }}{{ $blocks = append $blocks (include "rzp-lib.httproute.rule" .rule) }}{{ end -}}
{{- if and (eq .kind "GRPCRoute") .rule.headers }}{{ $blocks = append $blocks (printf "matches:\n  - %s" (include "rzp-lib.route.headers" .rule.headers | indent 4 | trim)) }}{{ end -}}
{{- with .rule.backend }}{{ $blocks = append $blocks (include "rzp-lib.route.backend" .) }}{{ end -}}
- {{ join "\n" $blocks | indent 2 | trim }}
{{- end }}

{{/*
The Service a rule leads to. Reads: service, port. Call: {{ include "rzp-lib.route.backend" $rule.backend }}
*/}}
{{- define "rzp-lib.route.backend" -}}
backendRefs:
  - group: ""
    kind: Service
    name: {{ template "rzp-lib.word" .service }}
    port: {{ int64 .port }}
    weight: 1
{{- end }}

{{/*
Headers a request must have. Reads: map of header to value. Call: {{ include "rzp-lib.route.headers" $rule.headers }}
*/}}
{{- define "rzp-lib.route.headers" -}}
headers:
  {{- range $name, $value := . }}
  - type: Exact
    name: {{ template "rzp-lib.word" $name }}
    value: {{ quote $value }}
  {{- end }}
{{- end }}

{{/*
Refuses what the kind of route cannot do, and a rule that leads nowhere.
Reads: root, key, route.
Call: {{- template "rzp-lib.route.check" (dict "root" $ "key" "routes.web" "route" $route) }}
*/}}
{{- define "rzp-lib.route.check" -}}
{{- $kind := .route.kind -}}
{{- if and (has $kind (list "TCPRoute" "UDPRoute")) .route.hosts -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.hosts" .key) "text" (printf "a %s has no hosts." $kind)) -}}
{{- end -}}
{{- if and (eq $kind "TLSRoute") (not .route.hosts) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.hosts" .key) "text" "missing; a TLSRoute is found by its host.") -}}
{{- end -}}
{{- $allowed := list "path" "method" "headers" "rewrite" "redirect" "timeout" -}}
{{- if eq $kind "GRPCRoute" }}{{ $allowed = list "headers" }}{{ else if ne $kind "HTTPRoute" }}{{ $allowed = list }}{{ end -}}
{{- range $index, $rule := .route.rules -}}
{{- $key := printf "%s.rules[%d]" $.key $index -}}
{{- range $field := list "path" "method" "headers" "rewrite" "redirect" "timeout" -}}
{{- if and (get $rule $field) (not (has $field $allowed)) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.%s" $key $field) "text" (printf "a %s has no %s." $kind $field)) -}}
{{- end -}}
{{- end -}}
{{- if and $rule.redirect (or $rule.backend $rule.rewrite) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.redirect" $key) "text" "a redirect has no backend and no rewrite.") -}}
{{- end -}}
{{- if not (or $rule.redirect $rule.backend) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" $key "text" "leads nowhere; give backend or redirect.") -}}
{{- end -}}
{{- with $rule.backend }}{{ if not .external }}{{ template "rzp-lib.route.backend.check" (dict "root" $.root "key" (printf "%s.backend" $key) "backend" .) }}{{ end }}{{ end -}}
{{- end -}}
{{- end }}

{{/*
Refuses a backend that is no Service of these values, or a port it does not have.
Reads: root, key, backend. From values: services.<name>.ports.
Call: {{- template "rzp-lib.route.backend.check" (dict "root" $ "key" $key "backend" $rule.backend) }}
*/}}
{{- define "rzp-lib.route.backend.check" -}}
{{- $services := .root.Values.service.services | default dict -}}
{{- $target := get $services .backend.service -}}
{{- if not $target -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.service" .key) "text" (printf "there is no Service %q; there are: %s. If something else makes it, say external: true." .backend.service (keys $services | sortAlpha | join ", " | default "none"))) -}}
{{- else -}}
{{- $wanted := int64 .backend.port -}}
{{- $ports := list -}}
{{- range $target.ports }}{{ $ports = append $ports (int64 .port) }}{{ end -}}
{{- if not (has $wanted $ports) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.port" .key) "text" (printf "the Service %q has no port %d; it has: %s." .backend.service $wanted (join ", " $ports))) -}}
{{- end -}}
{{- end -}}
{{- end }}
