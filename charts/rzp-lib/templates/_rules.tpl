{{/*
The rules of a Role or ClusterRole.
Reads: a list of rules: groups (the core group without them), resources, urls, verbs.
Call: {{- include "rzp-lib.rules" $role.rules | nindent 2 }}
*/}}
{{- define "rzp-lib.rules" -}}
{{- range $index, $rule := . -}}
{{- if $index }}{{ print "\n" }}{{ end -}}
{{- if $rule.urls -}}
- nonResourceURLs:
  {{- range $rule.urls }}
    - {{ template "rzp-lib.word" . }}
  {{- end }}
{{- else -}}
- apiGroups:
  {{- range $rule.groups | default (list "") }}
    - {{ template "rzp-lib.word" . }}
  {{- end }}
  resources:
  {{- range $rule.resources }}
    - {{ template "rzp-lib.word" . }}
  {{- end }}
  {{- with $rule.names }}
  resourceNames:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
{{- end }}
  verbs:
  {{- range $rule.verbs }}
    - {{ template "rzp-lib.word" . }}
  {{- end }}
{{- end -}}
{{- end }}
