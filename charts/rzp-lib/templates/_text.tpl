{{/*
How text is written in YAML. One rule for all kinds: plain where YAML reads text, quoted where it
would read something else, a block where there are several lines.
*/}}

{{/*
A name, image, path or quantity. Plain where YAML reads it as text, else quoted. It is called more than
anything else: the first line knows most names by few calls (`urlquery` changes all but A-Z a-z 0-9 - _ . ~),
the others do without a regular expression, which Helm compiles at each use.
Call: name: {{ template "rzp-lib.word" "sonarr" }}
*/}}
{{- define "rzp-lib.word" -}}
{{- if and (ge . "A") (eq . (urlquery .)) (or (gt (len .) 5) (not (contains (printf " %s " (lower .)) " ~ y n yes no on off true false null "))) -}}
{{ . }}
{{- else if contains (printf " %s " (trimAll "0123456789" .)) " m Ki Mi Gi Ti Pi " -}}
{{ . }}
{{- else -}}
{{- $bare := . | replace "/" "" | replace ":" "" | replace "@" "" | replace "+" "" -}}
{{- if and (or (ge . "A") (hasPrefix "/" .)) (eq $bare (urlquery $bare)) (ne . $bare) (not (hasSuffix ":" .)) -}}
{{ . }}
{{- else -}}
{{ quote . }}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
A text of any content: several lines become a block, the rest is quoted. Texts that a block cannot
hold to the byte (control characters, lines of spaces, ends in white space) are quoted too.
Reads: text; indent, the column of the block's lines (two more than that of the key).
Call: value: {{ template "rzp-lib.text" (dict "text" $value "indent" 4) }}
*/}}
{{- define "rzp-lib.text" -}}
{{- if not (contains "\n" .text) -}}
{{ quote .text }}
{{- else -}}
{{- $body := trimSuffix "\n" .text -}}
{{- $odd := regexMatch "[^\\t\\n\\x20-\\x7e\\x{a0}-\\x{2027}\\x{202a}-\\x{d7ff}\\x{e000}-\\x{fefe}\\x{ff00}-\\x{fffc}\\x{10000}-\\x{10ffff}]|(?m:^[ \\t]+$)|[ \\t\\n]\\z" $body -}}
{{- if or $odd (not $body) -}}
{{ quote .text }}
{{- else -}}
|{{ if regexMatch "^[ \\t\\n]" $body }}2{{ end }}{{ if eq $body .text }}-{{ end }}
{{ regexReplaceAll "(?m)^(.)" $body (printf "%s${1}" (repeat (int .indent) " ")) }}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
A map of words to texts, one line each, values always quoted: labels, annotations, selectors. A key
with a slash is a qualified name, which YAML always reads as text.
Call: labels: {{- include "rzp-lib.pairs" $labels | nindent 4 }}
*/}}
{{- define "rzp-lib.pairs" -}}
{{- range $index, $key := keys . | sortAlpha -}}
{{- if $index }}{{ print "\n" }}{{ end -}}
{{ if contains "/" $key }}{{ $key }}{{ else }}{{ template "rzp-lib.word" $key }}{{ end }}: {{ get $ $key | quote }}
{{- end -}}
{{- end }}

{{/*
A map as text for people, a line each. Reads: the map.
Call: {{ include "rzp-lib.lines" $secret.about }}
*/}}
{{- define "rzp-lib.lines" -}}
{{- $lines := list -}}
{{- range $key, $text := . }}{{ $lines = append $lines (printf "%s: %s" $key $text) }}{{ end -}}
{{- join "\n" $lines -}}
{{- end }}

{{/*
Stops the render; under `helm lint`, where Helm does not stop, gives the text. Reads: root, key (path
of the value under `service:`), text.
Call: {{- include "rzp-lib.refuse" (dict "root" $ "key" "policies.web" "text" "has no rule.") }}
*/}}
{{- define "rzp-lib.refuse" -}}
{{- $name := (.root.Values.service | default dict).name | default "?" -}}
{{- fail (printf "[rzp-lib] service=%s key=%s: %s" $name .key .text) -}}
{{ .text }}
{{- end }}
