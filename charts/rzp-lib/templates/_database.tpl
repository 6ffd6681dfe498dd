{{/*
Databases in a PostgreSQL cluster (CloudNativePG). Never pruned, and the database stays when the
object goes.
From values: postgres.<component>.databases.<name>.{name, owner, extensions}.
Call: {{ template "rzp-lib.kind.database" . }}
*/}}
{{- define "rzp-lib.kind.database" -}}
{{- range $component, $cluster := .Values.service.postgres }}
{{- range $name, $database := $cluster.databases }}
---
apiVersion: postgresql.cnpg.io/v1
kind: Database
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Database" "name" $name "component" $component) }}
spec:
  cluster:
    name: {{ template "rzp-lib.word" $cluster.objectName }}
  name: {{ template "rzp-lib.word" $database.name }}
  owner: {{ template "rzp-lib.word" $database.owner }}
  ensure: present
  databaseReclaimPolicy: retain
  {{- with $database.extensions }}
  extensions:
    {{- range . }}
    - name: {{ template "rzp-lib.word" . }}
      ensure: present
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}
