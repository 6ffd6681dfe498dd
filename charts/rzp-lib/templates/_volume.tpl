{{/*
The source of one volume, as lines of an item of the pod's list.
Reads: the volume: claim (external is for `rzp-lib.pod`), scratch, host, configMap, secret or token.
Call: {{- template "rzp-lib.volume" $volume }}
*/}}
{{- define "rzp-lib.volume" -}}
{{- if .claim }}
      persistentVolumeClaim:
        claimName: {{ template "rzp-lib.word" .claim }}
{{- else if .host }}
      hostPath:
        path: {{ template "rzp-lib.word" .host.path }}
        {{- with .host.type }}
        type: {{ . }}
        {{- end }}
{{- else if .configMap }}
      configMap:
        name: {{ template "rzp-lib.word" .configMap }}
{{- else if .secret }}
      secret:
        secretName: {{ template "rzp-lib.word" .secret }}
{{- else if .token }}
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: {{ template "rzp-lib.word" .token.audience }}
              expirationSeconds: {{ int64 .token.seconds }}
{{- else if .scratch }}
      emptyDir:
        {{- if .scratch.memory }}
        medium: Memory
        {{- end }}
        {{- with .scratch.size }}
        sizeLimit: {{ template "rzp-lib.word" . }}
        {{- end }}
{{- else }}
      emptyDir: {}
{{- end }}
{{- end }}
