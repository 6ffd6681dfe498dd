{{/*
The source of one volume of a pod.
Reads: the volume: claim, scratch, host, configMap, secret or token.
Call: {{- include "rzp-lib.volume" $volume | nindent 6 }}
*/}}
{{- define "rzp-lib.volume" -}}
{{- if .claim -}}
persistentVolumeClaim:
  claimName: {{ include "rzp-lib.word" .claim }}
{{- else if .host -}}
hostPath:
  path: {{ include "rzp-lib.word" .host.path }}
  {{- with .host.type }}
  type: {{ . }}
  {{- end }}
{{- else if .configMap -}}
configMap:
  name: {{ include "rzp-lib.word" .configMap }}
{{- else if .secret -}}
secret:
  secretName: {{ include "rzp-lib.word" .secret }}
{{- else if .token -}}
projected:
  sources:
    - serviceAccountToken:
        path: token
        audience: {{ include "rzp-lib.word" .token.audience }}
        expirationSeconds: {{ int64 .token.seconds }}
{{- else if .scratch -}}
emptyDir:
  {{- if .scratch.memory }}
  medium: Memory
  {{- end }}
  {{- with .scratch.size }}
  sizeLimit: {{ include "rzp-lib.word" . }}
  {{- end }}
{{- else -}}
emptyDir: {}
{{- end }}
{{- end }}
