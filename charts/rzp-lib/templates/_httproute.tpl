{{/*
HTTPRoutes. From values: routes.<name> with kind: HTTPRoute.
Call: {{ template "rzp-lib.kind.httproute" . }}
*/}}
{{- define "rzp-lib.kind.httproute" -}}
{{- template "rzp-lib.routes" (dict "root" . "kind" "HTTPRoute") }}
{{- end }}

{{/*
What only a rule of an HTTPRoute has: what it matches, what it changes, how long it may take.
Reads: path, method, headers, rewrite, redirect, timeout.
Call: {{ include "rzp-lib.httproute.rule" $rule }}
*/}}
{{- define "rzp-lib.httproute.rule" -}}
{{- $path := .path | default (dict "type" "PathPrefix" "value" "/") -}}
matches:
  - path:
      type: {{ $path.type }}
      value: {{ template "rzp-lib.word" $path.value }}
    {{- with .method }}
    method: {{ template "rzp-lib.word" . }}
    {{- end }}
    {{- with .headers }}
    {{- include "rzp-lib.route.headers" . | nindent 4 }}
    {{- end }}
{{- if or .rewrite .redirect }}
filters:
  {{- with .rewrite }}
  - type: URLRewrite
    urlRewrite:
      path:
        {{- if eq $path.type "Exact" }}
        type: ReplaceFullPath
        replaceFullPath: {{ template "rzp-lib.word" . }}
        {{- else }}
        type: ReplacePrefixMatch
        replacePrefixMatch: {{ template "rzp-lib.word" . }}
        {{- end }}
  {{- end }}
  {{- with .redirect }}
  - type: RequestRedirect
    requestRedirect:
      hostname: {{ template "rzp-lib.word" . }}
      statusCode: 302
  {{- end }}
{{- end }}
{{- with .timeout }}
timeouts:
  request: {{ template "rzp-lib.word" . }}
{{- end }}
{{- end }}
